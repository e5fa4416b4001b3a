"""Damages a dossier as no honest hand would: members of entries, manifests or the definition get other values, lines of a
bundle are altered, entries dropped, doubled and moved. Digests, numbers and checkpoint are made anew, so that what
is wrong is looked at and not hidden behind a digest.
"""
import base64, copy, hashlib, json, os

import kiemphieu_verify

NUMBERS = (0, 1, -1, 2, 99, 100, 10**9, 2**53 - 1)
TEXTS = ('', ' ', '-', 'a' * 200, '*', '?', 'a.b', 'none', 'void', 'Ạ')
BYTES = (b',', b'1,', b'|', b'signed', b'?', b'"', b'a', b'.', b'\n', b'\r\n', b'0')


def digest(data):
    return hashlib.sha256(data).hexdigest()


def spots(value):
    """(parent, key) of everything in a JSON value."""
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in list(members):
        yield value, key
        yield from spots(member)


class Damage:
    def __init__(self, folder, random):
        self.folder, self.random = folder, random
        self.entries = [json.loads(line) for line in self.read('record.jsonl').splitlines()]

    def path(self, name):
        return os.path.join(self.folder, name)

    def read(self, name):
        with open(self.path(name), 'rb') as file:
            return file.read()

    def write(self, name, data):
        with open(self.path(name), 'wb') as file:
            file.write(data)

    def files(self, folder, end):
        there = os.listdir(self.path(folder)) if os.path.isdir(self.path(folder)) else []
        return sorted(f'{folder}/{name}' for name in there if name.endswith(end))

    def replace(self, old, new):
        """Writes `new` for `old` wherever the record has it."""
        self.entries = json.loads(json.dumps(self.entries).replace(old, new))

    def rename(self, name, data):
        """Puts a file in the place of another that is named by its digest, in the record too."""
        folder, file = name.split('/')
        old, end = file.split('.', 1)
        new = digest(data)
        os.remove(self.path(name))
        self.write(f'{folder}/{new}.{end}', data)
        if os.path.exists(self.path(name + '.p7s')):
            os.rename(self.path(name + '.p7s'), self.path(f'{folder}/{new}.{end}.p7s'))
        self.replace(old, new)
        return old, new

    def other(self, value, pool):
        """What may stand instead of a value."""
        if self.random.random() < 0.4:
            return copy.deepcopy(self.random.choice(pool))
        if isinstance(value, bool):
            return not value
        if isinstance(value, int):
            return self.random.choice((value + 1, value - 1, *NUMBERS))
        if isinstance(value, str):
            return self.random.choice((value + 'x', value[:-1], value.upper(), value[::-1], *TEXTS))
        if isinstance(value, list):
            return self.random.choice(([], value + value[:1], value[1:], value[::-1]))
        return self.random.choice(({}, [], None, 'x'))

    def alter_member(self, value, beside):
        """Sets or takes out one member of `value`; `beside` is where members of the same name are found."""
        parent, key = self.random.choice(list(spots(value)))
        if isinstance(parent, dict) and self.random.random() < 0.1:
            del parent[key]
        else:
            parent[key] = self.other(parent[key], [where[k] for where, k in spots(beside) if k == key])

    def alter_entries(self):
        at, to = (self.random.randrange(len(self.entries)) for _ in range(2))
        act = self.random.random()
        if act < 0.1 and len(self.entries) > 1:
            self.entries.pop(at)
        elif act < 0.2:
            self.entries[at], self.entries[to] = self.entries[to], self.entries[at]
        elif act < 0.3:
            self.entries.insert(to, copy.deepcopy(self.entries[at]))
        else:
            self.alter_member(self.entries[at], self.entries)

    def alter_bundle(self, name):
        data = bytearray(self.read(name))
        at, act = self.random.randrange(len(data)), self.random.random()
        if act < 0.4:
            data[at:at + 1] = self.random.choice(BYTES)
        elif act < 0.6:
            data[at:at] = self.random.choice(BYTES)
        elif act < 0.8:
            del data[at:at + self.random.randrange(1, 6)]
        else:
            lines = data.split(b'\n')
            lines.insert(self.random.randrange(len(lines)), self.random.choice(lines))
            data = b'\n'.join(lines)
        old, new = self.rename(name, bytes(data) or b'x')
        for manifest in self.files('manifests', '.json'):
            if old.encode() in self.read(manifest):
                self.rename(manifest, self.read(manifest).replace(old.encode(), new.encode()))

    def alter_manifest(self, name):
        manifest = json.loads(self.read(name))
        self.alter_member(manifest, manifest)
        self.rename(name, json.dumps(manifest).encode())

    def redefine(self, change):
        """Changes the definition, and makes anew what hangs on its digest."""
        old, congress = digest(self.read('congress.json')), json.loads(self.read('congress.json'))
        change(congress)
        self.write('congress.json', json.dumps(congress, ensure_ascii=False).encode())
        new = digest(self.read('congress.json'))
        self.replace(old, new)
        self.replace(old[:16], new[:16])
        self.write('checkpoint.txt', self.read('checkpoint.txt').replace(old[:16].encode(), new[:16].encode()))

    def alter_definition(self):
        self.redefine(lambda congress: self.alter_member(congress, congress))

    def finish(self):
        for seq, entry in enumerate(self.entries):
            if self.random.random() < 0.95:
                entry['seq'] = seq
            body = entry.get('body')
            if entry.get('kind') == 'result' and isinstance(body, dict) and 'result' in body and self.random.random() < 0.9:
                body['sha256'] = digest(kiemphieu_verify.canonical(body['result']))
        lines = [kiemphieu_verify.canonical(entry) for entry in self.entries]
        tree = kiemphieu_verify.Tree()
        for line in lines:
            tree.append(line)
        self.write('record.jsonl', b''.join(line + b'\n' for line in lines))
        origin = self.read('checkpoint.txt').split(b'\n')[0].decode()
        self.write('checkpoint.txt', f'{origin}\n{tree.size}\n{base64.b64encode(tree.roots[-1]).decode()}\n'.encode())


def damage(folder, random):
    """Damages the dossier in `folder` in one to three places."""
    at_work = Damage(folder, random)
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        act, bundles, manifests = random.random(), at_work.files('bundles', '.csv'), at_work.files('manifests', '.json')
        if act < 0.2 and bundles:
            at_work.alter_bundle(random.choice(bundles))
        elif act < 0.35 and manifests:
            at_work.alter_manifest(random.choice(manifests))
        elif act < 0.5:
            at_work.alter_definition()
        else:
            at_work.alter_entries()
    at_work.finish()
