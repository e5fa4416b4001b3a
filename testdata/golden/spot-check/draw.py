import hashlib, json
plan = json.load(open('plan.json'))
sizes = {f'{n:03}': 30 for n in range(1, 9)}
places, n = [], 0
while len(places) < plan['sample']:
    n += 1
    x = int(hashlib.sha256(f'31415926535897932384/committee/{n}'.encode()).hexdigest(), 16)
    if x < 2**256 // 240 * 240 and x % 240 not in places:
        places.append(x % 240)
drawn = [{'bundle': f'{p // 30 + 1:03}', 'ballot': p % 30 + 1} for p in sorted(places)]
print('drawn by hand as by the program:', drawn == plan['drawn'])
