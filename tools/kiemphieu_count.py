"""What the ballots come to: from the lines of a bundle to the whole result of a contest.

Half of the second verifier: kiemphieu_verify.py replays the record into a `Contest` for each list and holds each result
to what stands here. Written from docs/formats.md, whose sections stand below. Nothing here reads a file or a clock.
"""
import hashlib, json, re
from collections import Counter
from types import SimpleNamespace

class Fault(ValueError):
    """Why a file, a text or an entry is not taken: code, place, and what else is known of it."""

def must(holds, code, where='', *said):
    """What does not hold keeps a text or an entry from being taken."""
    if not holds:
        raise Fault(code, where, *said)

# ---- section 1: JSON -------------------------------------------------------------------------------------------------
def sha256(data):
    return hashlib.sha256(data).hexdigest()

def canonical(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(',', ':')).encode()

def refuse(what):
    raise ValueError(what)

def read_json(data, where):
    """A JSON text, which nobody can read in two ways."""
    try:
        value = json.loads(
            data.decode(), parse_float=refuse, parse_constant=refuse,
            parse_int=lambda digits: int(digits) if len(digits) < 18 and abs(int(digits)) < 2**53 else refuse(digits),
            object_pairs_hook=lambda pairs: dict(pairs) if len(dict(pairs)) == len(pairs) else refuse('a key twice'))
        canonical(value)  # half of a character (a lone surrogate) has no bytes
        return value
    except (ValueError, RecursionError) as error:
        raise Fault('json/syntax', where, error) from None

# ---- section 3: bundles ---------------------------------------------------------------------------------------------
MARKS = {'strike': 'a.?', 'agree': 'ab.*?', 'confidence': 'abc.*?', 'rating': 'abcd.*?'}
FLAGS = ('not-issued', 'outside-name', 'signed', 'written-on', 'marked')

def flags_in(field):
    """The flags of a field, or nothing when one is unknown or there twice."""
    flags = field.split('|') if field else []
    return flags if set(flags) <= set(FLAGS) and len(set(flags)) == len(flags) else None

def fields_of(line):
    """The fields of a line; each may stand in quotes."""
    return [field[1:-1] if re.fullmatch('".*"', field) else field for field in line.removesuffix('\r').split(',')]

def parse_bundle(data, form, rows, where):
    """ballot number -> (marks, flags). Of a line that is wrong it tells no more than which it is."""
    header, *lines = data.decode('latin-1').split('\n')  # a character is a byte
    while lines and lines[-1] in ('', '\r'):
        lines.pop()
    named = fields_of(header.removeprefix('\xef\xbb\xbf')) == ['ballot', 'marks', 'flags']
    must(named, 'dossier/bundle-header', where + ':1')
    ballots = {}
    for i, line in enumerate(lines, 2):
        number, marks, flags = (fields_of(line) + ['', ''])[:3]
        fits = line.count(',') == 2 and re.fullmatch('[1-9][0-9]{0,8}', number) and flags_in(flags) is not None
        fits = fits and len(marks) == rows and set(marks) <= set(MARKS[form])
        must(fits, 'dossier/bundle-fields', f'{where}:{i}')
        ballots[int(number)] = marks, flags_in(flags)
    must(ballots, 'dossier/bundle-no-ballots', where)
    must(len(ballots) == len(lines), 'dossier/bundle-number-twice', where)
    return ballots

# ---- sections 5 and 6: what the record tells of one contest so far --------------------------------------------------
INVALID = ('not-issued', 'outside-name', 'marked', 'ruled-invalid', 'too-many', 'nobody', 'one-name-box')

class Contest:
    """One list, and what the record tells of it so far."""

    def __init__(self, definition, congress):
        self.congress, self.entered = congress, None  # the electorate that an entry set
        self.passes = {}    # (bundle, pass) -> members of its entry and: retracted, corrected {ballot},
                            # read {ballot: (marks, flags)}, nothing when they are not to be had
        self.rulings = {}   # (bundle, ballot) -> members of the entry
        self.before = None  # the decision before the result, `void` or `accept-excess`
        self.box, self.results, self.standing, self.signatures, self.p7s = None, [], None, {}, b''
        self.define(definition)

    def define(self, definition):
        """The list, or one that takes its place."""
        self.stated, self.full = definition, {
            'seats': 0, 'round': 1, 'revote': False, 'prepared': 0, 'fraction_of': 'base',
            'kind': self.congress['kind'], 'board': self.congress['board']} | definition
        self.entered = None if 'electorate' in definition else self.entered
        self.rulings.clear()

    def __getitem__(self, key):
        return self.full[key]

    def electorate(self):
        return self.entered or self.stated.get('electorate') or self.congress['electorate']

    def in_force(self):
        """bundle -> its passes in force, by number"""
        bundles = {}
        for bundle, number in sorted(self.passes):
            if not self.passes[bundle, number].retracted:
                bundles.setdefault(bundle, []).append(self.passes[bundle, number])
        return bundles

    def rulings_in_force(self):
        """Those on ballots that a pass in force has, for all that can be known."""
        in_force = self.in_force()
        return {(bundle, ballot): ruling for (bundle, ballot), ruling in self.rulings.items()
                if any(one.read is None or ballot in one.read for one in in_force.get(bundle, ()))}

    def ballots_held(self):
        return sum(first.ballots for first, *_ in self.in_force().values())

    def figures(self):
        return FIGURES['options' if self['question'] in OPTIONS else self['ballot']]

    def take(self, kind, body, at, read=None):
        """Takes an entry that changes what is counted. `read`: the ballots of a bundle."""
        bundle, number, ballot = body.get('bundle'), body.get('pass'), body.get('ballot')
        one = self.passes.get((bundle, number))
        if 'marks' in body:
            allowed = set(MARKS[self['ballot']]) - set('?' if kind == 'ruling' else '')
            must(set(body['marks']) <= allowed and len(body['marks']) == len(self['rows']), 'entry/marks', at)
        if kind == 'electorate':
            self.entered = body['electorate']
        elif kind == 'box':
            self.box = body
        elif kind == 'bundle':
            must(not one, 'entry/pass-again', at, bundle, number)
            ours = {'read': read, 'retracted': False, 'corrected': set()}
            self.passes[bundle, number] = SimpleNamespace(**{'counted': body['ballots']} | body | ours)
        elif kind == 'retracted':
            one.retracted = True
        elif kind == 'correction':
            must(one.read is None or ballot in one.read, 'entry/no-ballot', at, bundle, ballot)
            one.read = one.read and one.read | {ballot: (body['marks'], flags_in(body['flags']))}
            one.corrected.add(ballot)
        elif kind == 'ruling':
            self.rulings[bundle, ballot] = body
        elif kind == 'decision' and not self.standing:
            self.before = body['action']
        elif kind == 'reopened':
            self.standing, self.before = None, None

    def reading(self, one):
        """ballot -> (marks, flags, why the board called it invalid), as a pass read it or, above that, as ruled."""
        rulings = {ballot: ruling for (bundle, ballot), ruling in self.rulings.items() if bundle == one.bundle}
        ruled = {ballot: (ruling.get('marks', ''), set(), ruling.get('invalid')) for ballot, ruling in rulings.items()}
        return {ballot: ruled.get(ballot) or (marks, set(flags), None) for ballot, (marks, flags) in one.read.items()}

    def gate(self):
        """Section 7, what must hold before a result that is not void: whether it does, code, place."""
        id, (issued, returned) = self['id'], (self.box[key] if self.box else 0 for key in ('issued', 'returned'))
        yield self.box, 'no-box', id
        yield issued <= self.electorate()['present'], 'issued', id
        yield returned <= issued or self.before == 'accept-excess', 'returned', id
        yield self.ballots_held() == returned or not self.box, 'sum', id
        for bundle, passes in self.in_force().items():
            at = f'{id}/{bundle}'
            yield all(one.counted == one.ballots for one in passes), 'counted', at
            yield len(passes) >= self.congress['passes_required'], 'passes', at
            if all(one.read is not None for one in passes):
                first, *others = map(self.reading, passes)
                yield all(other == first for other in others), 'passes-differ', at
                unclear = any('?' in marks for reading in (first, *others) for marks, _, _ in reading.values())
                yield not unclear, 'doubtful', at

    def why_invalid(self, marks, flags):
        """The first reason that applies to a ballot, or nothing."""
        form, left = self['ballot'], marks.count('a')
        one_name = form == 'agree' and self['question'] == 'election' and len(marks) == 1
        return next((reason for reason, applies in (
            ('not-issued', 'not-issued' in flags),
            ('outside-name', 'outside-name' in flags),
            ('marked', flags),  # any other flag
            ('too-many', form == 'strike' and left > self['seats']),
            ('nobody', form == 'strike' and left == 0 and len(marks) >= 2),
            ('one-name-box', one_name and marks in ('.', '*'))) if applies), None)

    def count(self):
        """From every ballot: number of valid ones, reason -> invalid ones, per row: mark -> how many."""
        judged = [(marks, ruled or self.why_invalid(marks, flags)) for first, *_ in self.in_force().values()
                  for marks, flags, ruled in self.reading(first).values()]
        valid = [marks for marks, reason in judged if not reason]
        columns = [Counter(column) for column in zip(*valid)] or [Counter() for _ in self['rows']]
        return len(valid), Counter(reason for _, reason in judged if reason), columns

    def count_stated(self, result):
        """The same as a result states it, for when there are no ballots; whether ballots could have come to it."""
        valid, invalid = int(result['ballots']['valid']), Counter(result['ballots']['invalid_by'])
        columns = [Counter({mark: int(row[name]) for name, mark in self.figures().items()}) for row in result['rows']]
        for column, row in zip(columns, result['rows']):
            column.update({mark: int(n) for mark, n in zip(OPTIONS.get(self['question'], ''), row.get('options', ()))})
            if self['ballot'] == 'strike':
                column['.'] = valid - column['a']
        votes, most = sum(column['a'] for column in columns), valid * (self['seats'] or len(columns))
        adds_up = self.ballots_held() == valid + invalid.total() and len(columns) == len(self['rows']) and all(
            column.total() == valid and min(column.values()) >= 0 and set(+column) <= set(MARKS[self['ballot']])
            for column in columns)
        few_enough = self['ballot'] != 'strike' or (valid if len(columns) > 1 else 0) <= votes <= most
        return (valid, invalid, columns), adds_up and few_enough

    def rulings_stated(self, n):
        """n if so many can be in force, else the most: none can tell of bundles that were keyed anew."""
        most, anew = len(self.rulings_in_force()), {one.bundle for one in self.passes.values() if one.retracted}
        sure = sum(bundle not in anew for bundle, _ in self.rulings_in_force())
        return int(n) if sure <= n <= most else most

# ---- sections 8 and 9: the outcome and the result -------------------------------------------------------------------
PEOPLE = {'delegates': ('đại biểu chính thức', 'official delegates'),
          'members': ('đảng viên chính thức', 'official members'), 'committee': ('cấp uỷ viên', 'committee members'),
          'inspection': ('uỷ viên uỷ ban kiểm tra', 'inspection committee members')}
OPTIONS = {'confidence': 'abc', 'rating': 'abcd', 'survey': 'ab'}
FIGURES = {  # which mark a figure of a row counts; nobody marks `b` on a ballot where names are struck
    'strike': {'votes': 'a', 'against': '.', 'none': 'b', 'several': '*'},
    'agree': {'votes': 'a', 'against': 'b', 'none': '.', 'several': '*'}, 'options': {'none': '.', 'several': '*'}}
DELEGATES = ('delegates', 'alternate-delegates')

def percent(n, base):
    """n of base as a percentage, half up, two decimals; 0 of nothing."""
    hundredths = (2 * n * 10000 + base) // (2 * base) if base else 0
    return f'{hundredths // 100}.{hundredths % 100:02}'

def base_object(contest):
    (vi, en), summoned = PEOPLE[contest['kind']], contest.electorate()['summoned']
    less = sum(deduction['count'] for deduction in contest.electorate()['deductions'])
    count, line = summoned - less, (summoned - less) // 2 + 1
    to_vi, to_en = f'quá một nửa là từ {line} phiếu trở lên.', f'more than one half means {line} votes or more.'
    if contest['revote']:
        to_vi = 'bầu lại giữa những người bằng phiếu không cần quá một nửa.'
        to_en = 'a new vote among the tied needs no majority.'
    return {'summoned': summoned, 'deductions': less, 'count': count, 'line': line,
            'sentence_vi': f'Tổng số để tính kết quả là {count} ({summoned} {vi} được triệu tập, trừ {less}); {to_vi}',
            'sentence_en': f'The base is {count} ({summoned} {en} summoned, less {less}); {to_en}'}

def standing_of(votes, others, seats, line):
    ahead = sum(other > votes for other in others)
    if votes < line or ahead >= seats:
        return 'not-elected'
    return 'tied' if ahead + others.count(votes) >= seats else 'elected'

def flip_of(votes, others, seats, line, valid):
    """How many votes fewer or more would change a standing. It can only change beside the line, or another's votes."""
    now = standing_of(votes, others, seats, line)
    ways = {'elected': (-1,), 'not-elected': (1,), 'tied': (-1, 1)}[now]
    steps = sorted({abs(votes - mark) + beyond for mark in (line, *others) for beyond in (0, 1)} - {0})
    return next((step for step in steps for way in ways if 0 <= votes + way * step <= valid
                 and standing_of(votes + way * step, others, seats, line) != now), None)

def elect(contest, rows, line, valid):
    """Gives the rows of an election their standing; outcome and open seats."""
    votes, seats, revote = [row['votes'] for row in rows], contest['seats'], contest['revote']
    for i, row in enumerate(rows):
        place = votes[i], votes[:i] + votes[i + 1:], seats, 0 if revote else line
        row |= {'standing': standing_of(*place), 'flip': flip_of(*place, valid),
                'to_line': None if revote else votes[i] - line}
    standings = [row['standing'] for row in rows]
    left = seats - standings.count('elected')
    superior = contest.congress['level'] == 'branch' and contest['office'] == 'secretary' and contest['round'] >= 3
    return 'tied' if 'tied' in standings else 'filled' if left == 0 else 'exhausted' if superior else 'short', left

def poll(contest, rows):
    """The same of an opinion poll, which lists those whom more than three tenths want, as far as there is room."""
    votes, line = [row['votes'] for row in rows], 3 * contest.electorate()['present'] // 10 + 1
    room = max(0, contest['seats'] + max(1, 30 * contest['seats'] // 100) - contest['prepared'])
    for i, row in enumerate(rows):
        unlisted = 'dropped' if votes[i] >= line else 'not-supported'
        standing = standing_of(votes[i], votes[:i] + votes[i + 1:], room, line)
        row['standing'] = {'elected': 'listed', 'tied': 'tied', 'not-elected': unlisted}[standing]
    standings = [row['standing'] for row in rows]
    return ('tied', room - standings.count('listed')) if 'tied' in standings else ('done', 0)

def band_of(question, options, f):
    if question == 'confidence':
        return 'low-two-thirds' if 3 * options[2] >= 2 * f > 0 else 'low-over-half' if 2 * options[2] > f else 'none'
    bands = ('excellent', 'good', 'satisfactory', 'failed') if question == 'rating' else ()
    return next((band for band, n in zip(bands, options) if 2 * n > f), 'none')

def rows_of(contest, columns, base, f):
    """Each row of the list with what it got; f: what the shares are of."""
    question, rows = contest['question'], []
    of = contest.electorate()['present'] if question == 'opinion' else base
    for listed, column in zip(contest['rows'], columns):
        row = {name: column[mark] for name, mark in contest.figures().items()}
        if question in OPTIONS:
            n = [column[mark] for mark in OPTIONS[question]]
            row |= {'options': n, 'shares': [percent(one, f) for one in n], 'band': band_of(question, n, f)}
        else:
            rank = 1 + sum(other['a'] > row['votes'] for other in columns)
            row |= {'percent': percent(row['votes'], of), 'rank': rank}
        if question == 'withdrawal':
            row['standing'] = 'stays' if 2 * row['against'] > base else 'withdrawn'
        rows.append({'no': listed['no'], 'name': listed['name']} | row)
    return rows

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
    base, (valid, invalid, columns) = base_object(contest), counts or (0, Counter(), [])
    f = {'base': base['count'], 'returned': box['returned'], 'valid': valid}
    rows = rows_of(contest, columns, base['count'], f['base' if question == 'survey' else contest['fraction_of']])
    outcome, left = 'void' if not counts else 'done', 0 if counts else contest['seats']
    if counts and question == 'election':
        outcome, left = elect(contest, rows, base['line'], valid)
    if counts and question == 'opinion':
        outcome, left = poll(contest, rows)
    corrected = {(one.bundle, no) for passes in contest.in_force().values() for one in passes for no in one.corrected}
    result = {
        'format': 'kiemphieu/practice-result@1' if congress['purpose'] == 'practice' else 'kiemphieu/result@1',
        'congress': {key: congress[key] for key in ('id', 'title', 'unit', 'term', 'date', 'kind', 'level')},
        'contest': {key: contest[key] for key in ('id', 'title', 'question', 'office', 'ballot', 'round', 'revote')},
        'regulation': congress['regulation'], 'purpose': congress['purpose'],
        'ballots': {'issued': box['issued'], 'returned': box['returned'], 'accepted': valid + invalid.total(),
                    'valid': valid, 'invalid': invalid.total(),
                    'invalid_by': {reason: n for reason, n in invalid.items() if reason in INVALID and n > 0},
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
