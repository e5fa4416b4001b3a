"""What the ballots come to: from the lines of a bundle to the whole result of a contest.

Part of the second verifier (kiemphieu_verify.py), which replays the record into a `Contest` for each list and holds the
results to what stands here. Written from docs/formats.md: where a section stands below, that section is what the code
restates. Nothing here reads a file, a clock or a setting of the machine.
"""
import hashlib, itertools, json, re, unicodedata
from collections import Counter
from types import SimpleNamespace

class Fault(ValueError):
    """Why a file, a text or an entry is not taken: code, place, and what else is known of it."""

def must(holds, code, where='', *said):
    """What does not hold keeps a text or an entry from being taken."""
    if not holds:
        raise Fault(code, where, *said)

# ---- section 1: JSON; section 2: names ------------------------------------------------------------------------------

def sha256(data):
    return hashlib.sha256(data).hexdigest()

def canonical(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(',', ':')).encode()

def refuse(*what):
    raise ValueError(*what)

def read_json(data, where):
    """One JSON text as section 1 admits it."""
    try:
        value = json.loads(
            data.decode(), parse_float=refuse, parse_constant=refuse,
            parse_int=lambda digits: int(digits) if len(digits) < 18 and abs(int(digits)) < 2**53 else refuse(digits),
            object_pairs_hook=lambda pairs: dict(pairs) if len(dict(pairs)) == len(pairs) else refuse('a key twice'))
        text = canonical(value).decode()  # here nothing is escaped but quotes, backslashes and control characters
        brackets = re.findall(r'[\[\]{}]', re.sub(r'"(?:[^"\\]|\\.)*"', '', text))
        nesting = itertools.accumulate(1 if bracket in '[{' else -1 for bracket in brackets)
        hidden = {c for c in set(text) if unicodedata.category(c) in ('Cc', 'Cf', 'Co', 'Zl', 'Zp')}
        marks = ''.join(c for c in set(text) if unicodedata.combining(c))
        if max(nesting, default=0) > 32 or hidden or re.search(r'\\[^"]', text.replace(r'\\', '')):
            refuse('too deep, or a control or invisible character')
        if not unicodedata.is_normalized('NFC', text) or marks and re.search(f'[{marks}]{{31}}', text):
            refuse('not in normalization form C')
        return value
    except (ValueError, RecursionError) as error:
        raise Fault('json/syntax', where, error) from None

def name_key(name):
    """One key for all ways of writing a name; tones stand behind the letters of their syllable."""
    words = []
    for word in unicodedata.normalize('NFD', name.casefold()).split():
        tones = [c for c in word if c in '\u0300\u0301\u0303\u0309\u0323']
        words.append(''.join([c for c in word if c not in tones] + tones))
    return ' '.join(words)

# ---- section 3: bundles ---------------------------------------------------------------------------------------------

MARKS = {'strike': 'a.?', 'agree': 'ab.*?', 'confidence': 'abc.*?', 'rating': 'abcd.*?'}
FLAGS = 'not-issued|outside-name|signed|written-on|marked'

def flags_in(field):
    """The flags of a field, or nothing when one is unknown or there twice."""
    flags = field.split('|') if field else []
    return flags if set(flags) <= set(FLAGS.split('|')) and len(set(flags)) == len(flags) else None

def parse_bundle(data, form, rows, where):
    """ballot number -> (marks, flags). Of a line that is wrong it tells no more than which it is."""
    header, *lines = [line.removesuffix('\r') for line in data.decode('latin-1').split('\n')]  # a character is a byte
    while lines and not lines[-1]:
        lines.pop()
    named = re.fullmatch(r'(?:\xef\xbb\xbf)?("?)ballot\1,("?)marks\2,("?)flags\3', header)
    must(named, 'dossier/bundle-header', where + ':1')
    ballots, line_form = {}, re.compile(  # a field may stand in quotes
        rf'("?)([1-9][0-9]{{0,8}})\1,("?)([{MARKS[form]}]{{{rows}}})\3,("?)((?:(?:{FLAGS})(?:\|(?:{FLAGS}))*)?)\5')
    for i, line in enumerate(lines, 2):
        found = line_form.fullmatch(line)
        flags = flags_in(found[6]) if found else None
        must(flags is not None, 'dossier/bundle-fields', f'{where}:{i}')
        ballots[int(found[2])] = found[4], flags
    must(ballots, 'dossier/bundle-no-ballots', where)
    must(len(ballots) == len(lines), 'dossier/bundle-number-twice', where)
    return ballots

# ---- sections 5 and 6: what the record tells of one contest so far --------------------------------------------------

class Contest:
    def __init__(self, definition, congress):
        self.congress, self.entered = congress, None  # the electorate that an entry set
        self.passes = {}     # (bundle, pass) -> members of its entry and: seq, retracted, corrected {ballot},
                             # read {ballot: (marks, {flag: seq of the entry that brought it})} or nothing
        self.rulings = {}    # (bundle, ballot) -> members of the entry
        self.confirmed = -1  # seq of the last confirmation
        self.before = None   # the decision before the result, `void` or `accept-excess`
        self.box, self.results, self.standing, self.signatures, self.p7s = None, [], None, {}, b''
        self.define(definition)

    def define(self, definition):
        self.stated, self.full = definition, {
            'seats': 0, 'round': 1, 'revote': False, 'prepared': 0, 'fraction_of': 'base',
            'kind': self.congress['kind'], 'board': self.congress['board']} | definition
        self.entered = None if 'electorate' in definition else self.entered
        self.rulings.clear()

    def __getitem__(self, key):
        return self.full[key]

    def electorate(self):
        return self.entered or self.stated.get('electorate') or self.congress['electorate']

    def begun(self):
        return self.box or self.in_force() or self.results

    def in_force(self):
        """bundle -> its passes in force, by number"""
        bundles = {}
        for key in sorted(self.passes):
            if not self.passes[key].retracted:
                bundles.setdefault(key[0], []).append(self.passes[key])
        return bundles

    def has_ballot(self, bundle, ballot):
        """Whether a pass in force has it, for all that can be known."""
        passes = [one for number in range(1, 100) if (one := self.passes.get((bundle, number))) and not one.retracted]
        return any(one.read is None or ballot in one.read for one in passes)

    def rulings_in_force(self):
        return [ruling for key, ruling in self.rulings.items() if self.has_ballot(*key)]

    def take(self, kind, body, seq, at, read):
        """Takes an entry that changes what is counted. `read`: the ballots of a bundle's entry."""
        key, ballot = (body.get('bundle'), body.get('pass')), body.get('ballot')
        one = self.passes.get(key)
        if kind in ('retracted', 'correction'):
            must(one and not one.retracted, 'entry/pass-not-in-force', at, *key)
        if kind in ('correction', 'ruling'):
            there = self.has_ballot(key[0], ballot) if kind == 'ruling' else one.read is None or ballot in one.read
            must(there, 'entry/no-ballot', at, key[0], ballot)
        if 'marks' in body:
            allowed = set(MARKS[self['ballot']]) - set('?' if kind == 'ruling' else '')
            fit = set(body['marks']) <= allowed and len(body['marks']) == len(self['rows'])
            must(fit, 'entry/marks', at + '#/body/marks')
        if kind == 'electorate':
            self.entered = body['electorate']
        elif kind == 'box':
            self.box = body
        elif kind == 'bundle':
            must(not one, 'entry/pass-again', at, *key)
            if read is not None:
                read = {number: (marks, dict.fromkeys(flags, seq)) for number, (marks, flags) in read.items()}
            ours = {'seq': seq, 'retracted': False, 'corrected': set(), 'read': read}
            self.passes[key] = SimpleNamespace(**{'by': '', 'counted': body['ballots']} | body | ours)
        elif kind == 'retracted':
            one.retracted = True
        elif kind == 'correction':
            one.corrected.add(ballot)
            if one.read is not None:
                _, before = one.read[ballot]
                one.read[ballot] = body['marks'], {flag: before.get(flag, seq) for flag in flags_in(body['flags'])}
        elif kind == 'ruling':
            self.rulings[key[0], ballot] = body
        elif kind == 'confirmed':
            self.confirmed = seq
        elif kind == 'decision' and not self.standing:
            self.before = body['action']
        elif kind == 'reopened':
            self.standing, self.before = None, None

    def unruled(self, passes):
        """(bundle, number, marks, whether a flag waits to be confirmed) of ballots without a ruling, as each pass reads
        them."""
        return [(one.bundle, number, marks, any(seq > self.confirmed for seq in flags.values())) for one in passes
                for number, (marks, flags) in (one.read or {}).items() if (one.bundle, number) not in self.rulings]

    def passes_agree(self, passes):
        first, *others = [{number: (one.bundle, number) in self.rulings or (marks, flags.keys())
                           for number, (marks, flags) in one.read.items()} for one in passes]
        return all(other == first for other in others)

    def why_invalid(self, marks, flags):
        """The first reason that applies to a ballot, or nothing."""
        form, seats, left = self['ballot'], self['seats'], marks.count('a')
        one_name = form == 'agree' and self['question'] == 'election' and len(marks) == 1
        return next((reason for reason, applies in (
            ('not-issued', 'not-issued' in flags),
            ('outside-name', 'outside-name' in flags),
            ('marked', flags),  # any other flag
            ('too-many', form == 'strike' and 0 < seats < left),
            ('nobody', form == 'strike' and len(marks) >= 2 and left == 0),
            ('one-name-box', one_name and marks in ('.', '*'))) if applies), None)

    def count(self):
        """From every ballot: number of valid ones, reason -> invalid ones, per row: mark -> how many."""
        valid, invalid = [], Counter()
        for bundle, (first, *_) in self.in_force().items():
            for number, (marks, flags) in first.read.items():
                ruling = self.rulings.get((bundle, number), {})
                if 'marks' in ruling:
                    marks, flags = ruling['marks'], {}
                reason = ruling.get('invalid') or self.why_invalid(marks, flags)
                if reason:
                    invalid[reason] += 1
                else:
                    valid.append(marks)
        return len(valid), invalid, [Counter(column) for column in zip(*valid)] or [Counter() for _ in self['rows']]

    def count_stated(self, told):
        """The same as a result states it, when there are no ballots to count; whether it could come from ballots."""
        stated, strike, columns = told.get('ballots', {}), self['ballot'] == 'strike', []
        valid, invalid = stated.get('valid', -1), Counter(stated.get('invalid_by', {}))
        for _, row in zip(self['rows'], told.get('rows', []) + [{}] * len(self['rows'])):
            column = {'a': row.get('votes', -1)} | ({} if strike else {'b': row.get('against', -1)})
            if self['question'] in OPTIONS:
                column = dict(zip('abcd', row.get('options', [])))
            column |= {'.': valid - column['a']} if strike else {'.': row.get('none', -1), '*': row.get('several', -1)}
            columns.append(Counter(column))
        votes, seats = sum(column['a'] for column in columns), self['seats'] or len(columns)
        fewest = valid if len(columns) > 1 else 0
        held = sum(first.ballots for first, *_ in self.in_force().values())
        adds_up = 0 <= valid == held - invalid.total() and (not strike or fewest <= votes <= valid * seats) and all(
            min(column.values()) >= 0 and column.total() == valid for column in columns)
        return (valid, invalid, columns), adds_up

    def rulings_told(self, told):
        """How many rulings are in force as a result states it: without ballots none can tell of bundles keyed anew."""
        anew, most = {one.bundle for one in self.passes.values() if one.retracted}, len(self.rulings_in_force())
        unsure = sum(key[0] in anew and self.has_ballot(*key) for key in self.rulings)
        stated = told.get('ballots', {}).get('rulings', -1)
        return stated if most - unsure <= stated <= most else most

# ---- sections 8 and 9: the outcome and the result -------------------------------------------------------------------

PEOPLE = {'delegates': ('đại biểu chính thức', 'official delegates'),
          'members': ('đảng viên chính thức', 'official members'), 'committee': ('cấp uỷ viên', 'committee members'),
          'inspection': ('uỷ viên uỷ ban kiểm tra', 'inspection committee members')}
OPTIONS = {'confidence': 'abc', 'rating': 'abcd', 'survey': 'ab'}
DELEGATES = ('delegates', 'alternate-delegates')

def base_of(electorate):
    return electorate['summoned'] - sum(deduction['count'] for deduction in electorate['deductions'])

def surplus_cap(seats):
    return max(1, 30 * seats // 100)

def percent(n, base):
    """n of base as a percentage, half up, two decimals; 0 of nothing."""
    hundredths = (2 * n * 10000 + base) // (2 * base) if base else 0
    return f'{hundredths // 100}.{hundredths % 100:02}'

def base_object(contest):
    summoned, count, (vi, en) = contest.electorate()['summoned'], base_of(contest.electorate()), PEOPLE[contest['kind']]
    line, less = count // 2 + 1, summoned - count
    to_vi, to_en = f'quá một nửa là từ {line} phiếu trở lên.', f'more than one half means {line} votes or more.'
    if contest['revote']:
        to_vi = 'bầu lại giữa những người bằng phiếu không cần quá một nửa.'
        to_en = 'a new vote among the tied needs no majority.'
    return {'summoned': summoned, 'deductions': less, 'count': count, 'line': line,
            'sentence_vi': f'Tổng số để tính kết quả là {count} ({summoned} {vi} được triệu tập, trừ {less}); {to_vi}',
            'sentence_en': f'The base is {count} ({summoned} {en} summoned, less {less}); {to_en}'}

def standing_of(votes, ranked, seats, line, valid):
    """The standing of a row, and how many votes would change it. `ranked`: the votes of all rows, most first."""
    ranked = [10**10, *ranked, *[-1] * (seats + 1)]  # from 1 on, without end
    last = ranked[seats + 1] if votes >= ranked[seats] else ranked[seats]  # who has the last seat without this row
    needed = max(line, last + 1)
    if votes >= needed:
        return 'elected', votes - needed + 1 if needed > 0 else None
    if votes == last >= line:
        return 'tied', 1 if valid > 0 else None
    flip = (last if last >= line else needed) - votes
    return 'not-elected', flip if votes + flip <= valid else None

def band_of(question, options, f):
    if question == 'confidence':
        return 'low-two-thirds' if 3 * options[2] >= 2 * f > 0 else 'low-over-half' if 2 * options[2] > f else 'none'
    bands = ('excellent', 'good', 'satisfactory', 'failed') if question == 'rating' else ()
    return next((band for band, n in zip(bands, options) if 2 * n > f), 'none')

def give_standings(contest, rows, line, valid):
    """Says of each row whether it is elected, or listed after an opinion poll. Returns outcome and open seats."""
    election, seats, revote = contest['question'] == 'election', contest['seats'], contest['revote']
    if not election:  # a poll lists those with more than three tenths of the people present, as far as there is room
        line = 3 * contest.electorate()['present'] // 10 + 1
        seats = max(0, seats + surplus_cap(seats) - contest['prepared'])
    ranked = sorted((row['votes'] for row in rows), reverse=True)
    for row in rows:
        row['standing'], flip = standing_of(row['votes'], ranked, seats, 0 if revote else line, valid)
        row |= {'to_line': None if revote else row['votes'] - line, 'flip': flip} if election else {}
    standings = Counter(row['standing'] for row in rows)
    left, tied = seats - standings['elected'], standings['tied'] > 0
    if not election:
        for row in rows:
            unlisted = 'dropped' if row['votes'] >= line else 'not-supported'
            row['standing'] = {'elected': 'listed', 'tied': 'tied', 'not-elected': unlisted}[row['standing']]
        return ('tied', left) if tied else ('done', 0)
    superior = contest.congress['level'] == 'branch' and contest['office'] == 'secretary' and contest['round'] >= 3
    return 'tied' if tied else 'filled' if left == 0 else 'exhausted' if superior else 'short', left

def decide(contest, returned, counts, base):
    """The rows, the outcome and the open seats."""
    question, (valid, _, columns), strike, rows = contest['question'], counts, contest['ballot'] == 'strike', []
    of = contest.electorate()['present'] if question == 'opinion' else base['count']
    fraction = 'base' if question == 'survey' else contest['fraction_of']
    f = {'base': base['count'], 'returned': returned, 'valid': valid}[fraction]
    ranked = sorted((column['a'] for column in columns), reverse=True)
    for listed, column in zip(contest['rows'], columns):
        row, v = {'no': listed['no'], 'name': listed['name'], 'none': column['.'], 'several': column['*']}, column['a']
        if question in OPTIONS:
            n = [column[mark] for mark in OPTIONS[question]]
            row |= {'options': n, 'shares': [percent(one, f) for one in n], 'band': band_of(question, n, f)}
        else:
            row |= {'votes': v, 'against': column['b'], 'percent': percent(v, of), 'rank': 1 + ranked.index(v)}
            row |= {'against': column['.'], 'none': 0} if strike else {}
        if question == 'withdrawal':
            row['standing'] = 'stays' if 2 * column['b'] > base['count'] else 'withdrawn'
        rows.append(row)
    settled = give_standings(contest, rows, base['line'], valid) if question in ('election', 'opinion') else ('done', 0)
    return rows, *settled

def next_of(contest, rows, outcome, left):
    again = 'vote-again' if contest['office'] in DELEGATES and contest['round'] == 1 else 'presiding-body-decides'
    tied = 'presiding-body-decides' if contest['revote'] or contest['question'] == 'opinion' else 'revote'
    action, standing = {'tied': (tied, 'tied'), 'short': (again, 'not-elected'), 'exhausted': ('superior-appoints', ''),
                        'void': ('presiding-body-decides', '')}.get(outcome, ('none', ''))
    chosen = [row['no'] for row in rows if row.get('standing') == standing]
    return {'action': action, 'seats': left,
            'rows': list(range(1, len(contest['rows']) + 1)) if outcome == 'void' else chosen}

def expected_result(contest, counts, record):
    """Section 9: the whole result but for `steps`; counts None when the vote was declared void."""
    congress, question, box = contest.congress, contest['question'], contest.box or {'issued': 0, 'returned': 0}
    base, (valid, invalid, _) = base_object(contest), counts or (0, Counter(), [])
    rows, outcome, left = decide(contest, box['returned'], counts, base) if counts else ([], 'void', contest['seats'])
    corrected = {(one.bundle, no) for passes in contest.in_force().values() for one in passes for no in one.corrected}
    result = {
        'format': 'kiemphieu/practice-result@1' if congress['purpose'] == 'practice' else 'kiemphieu/result@1',
        'congress': {key: congress[key] for key in ('id', 'title', 'unit', 'term', 'date', 'kind', 'level')},
        'contest': {key: contest[key] for key in ('id', 'title', 'question', 'office', 'ballot', 'round', 'revote')},
        'regulation': congress['regulation'], 'purpose': congress['purpose'],
        'ballots': {'issued': box['issued'], 'returned': box['returned'], 'accepted': valid + invalid.total(),
                    'valid': valid, 'invalid': invalid.total(),
                    'invalid_by': {reason: n for reason, n in invalid.items() if n},
                    'rulings': len(contest.rulings_in_force()), 'corrections': len(corrected)},
        'base': base, 'rows': rows, 'outcome': outcome, 'open_seats': left,
        'next': next_of(contest, rows, outcome, left), 'record': record}
    if question in ('election', 'opinion', 'introduction'):
        result['contest']['seats'] = contest['seats']
    if question == 'election':
        elected = sorted((row for row in rows if row['standing'] == 'elected'), key=lambda row: -row['votes'])
        result['elected'] = [row['no'] for row in elected]
    if contest.results:
        result['replaces'] = contest.results[-1].sha256
    return result

def differences(expected, stated, at=''):
    """Pointers to every member in which two JSON values differ; what is not there is `...`."""
    if isinstance(expected, list) and isinstance(stated, list):
        expected, stated = dict(enumerate(expected)), dict(enumerate(stated))
    if isinstance(expected, dict) and isinstance(stated, dict):
        for key in sorted(expected.keys() | stated.keys()):
            yield from differences(expected.get(key, ...), stated.get(key, ...), f'{at}/{key}')
    elif type(expected) is not type(stated) or expected != stated:
        yield at
