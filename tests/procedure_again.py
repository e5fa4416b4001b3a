"""Whether people did what they may, and when they may, said again in Python: a model that kiemphieu-verify is held to.

The shipped second verifier (tools/kiemphieu_verify.py) takes the entries of a record as they stand. `Judge` is that
verifier and judges all the rest of docs/formats.md as well: the form of every text (sections 1, 3, 4), the definition
and lists (2), who may write an entry and when (5), decisions and the rounds they open, which rules a result cites (9), and
`--prefix` (11). verifiers_agree.py compares it with kiemphieu-verify code by code.

    procedure_again.py DOSSIER [options of kiemphieu_verify.py] [--rules FILE] [--prefix OLD]

With --rules, the output of `kiemphieu rules --json`, the texts of the rules are compared too; without, only which were
applied.
"""
import base64, functools, itertools, json, os, re, sys, unicodedata
from collections import defaultdict
from datetime import date, datetime
from pathlib import Path

TESTS = Path(__file__).resolve().parent
sys.path.insert(0, str(TESTS.parent / 'tools'))
sys.dont_write_bytecode = True
from kiemphieu_count import DELEGATES, INVALID, Contest, canonical, flags_in, must, read_json
from kiemphieu_verify import KINDS, CommandLine, Verifier, signers_of, typed

# ---- sections 1 and 2: texts and names ------------------------------------------------------------------------------

def clean_json(data, where):
    """One JSON text as section 1 admits it."""
    value = read_json(data, where)
    text = canonical(value).decode()  # here nothing is escaped but quotes, backslashes and control characters
    brackets = re.findall(r'[\[\]{}]', re.sub(r'"(?:[^"\\]|\\.)*"', '', text))
    nesting = itertools.accumulate(1 if bracket in '[{' else -1 for bracket in brackets)
    hidden = {c for c in set(text) if unicodedata.category(c) in ('Cc', 'Cf', 'Co', 'Zl', 'Zp')}
    marks = ''.join(c for c in set(text) if unicodedata.combining(c))
    must(max(nesting, default=0) <= 32 and not hidden, 'json/syntax', where)
    must(not re.search(r'\\[^"]', text.replace(r'\\', '')), 'json/syntax', where)
    must(unicodedata.is_normalized('NFC', text), 'json/syntax', where)
    must(not marks or not re.search(f'[{marks}]{{31}}', text), 'json/syntax', where)
    return value

TONES = '[\u0300\u0301\u0303\u0309\u0323]'

def name_key(name):
    """One key for all ways of writing a name; tones stand behind the letters of their syllable."""
    words = unicodedata.normalize('NFD', name.casefold()).split()
    return ' '.join(re.sub(TONES, '', word) + ''.join(re.findall(TONES, word)) for word in words)

# ---- section 4: what the body of an entry says ----------------------------------------------------------------------

BODIES = {  # kind -> the members of its body; those with "?" may be absent
    'opened': 'congress purpose record sha256',
    'contest': 'contest',
    'electorate': 'contest electorate note?',
    'box': 'contest issued returned spoiled? seal? replaces? note?',
    'bundle': 'contest bundle pass sha256 ballots station by? method counted? manifest signers',
    'retracted': 'contest bundle pass seq note',
    'correction': 'contest bundle pass ballot marks flags note replaces?',
    'ruling': 'contest bundle ballot marks? invalid? note replaces?',
    'confirmed': 'contest ballots',
    'decision': 'contest action votes_for of note opens? alternates?',
    'result': 'contest sha256 result replaces?',
    'reopened': 'contest result note',
    'signed': 'contest result sha256 certificate p7s',
    'note': 'text',
    'closed': ''}

def text(pattern):
    return lambda value: isinstance(value, str) and re.fullmatch(pattern, value, re.DOTALL) is not None

def whole(least, most):
    return lambda value: type(value) is int and least <= value <= most

def are_digests(value):
    return isinstance(value, list) and all(map(is_digest, value)) and value == sorted(set(value))

is_text, is_digest, says_something = text('.*'), text('[0-9a-f]{64}'), text(r'.*\S.*')
is_object, is_count, is_seq = lambda value: isinstance(value, dict), whole(0, 10**9), whole(0, 2**53)
FITS = {name: form for form, names in (  # of a member of that name, or of that kind and name
    (text('.+'), 'congress purpose record station action p7s text'), (is_digest, 'sha256 manifest certificate'),
    (is_count, 'issued returned spoiled counted votes_for'), (whole(1, 10**9), 'ballots of alternates'),
    (is_seq, 'seq replaces result'), (is_object, 'electorate opens contest.contest result.result'),
    (says_something, 'note by'), (is_text, 'electorate.note box.note seal'), (text('[a-z0-9-]{1,32}'), 'contest'),
    (text('[A-Za-z0-9-]{1,16}'), 'bundle'), (whole(1, 99), 'pass'), (whole(1, 999999999), 'ballot'),
    (text('[abcd.*?]+'), 'marks'), (lambda value: is_text(value) and flags_in(value) is not None, 'flags'),
    (text('keyed|scanned|imported'), 'method'), (text('not-issued|outside-name|marked|ruled-invalid'), 'invalid'),
    (are_digests, 'signers')) for name in names.split()}

# ---- section 2: definitions; a rule is (whether it holds, the code when it does not, the place) ---------------------

def json_of(path):
    return json.loads(Path(path).read_bytes())

class Schemas:
    """The keywords of JSON Schema that the files of schemas/ use."""
    TYPES = {'object': dict, 'array': list, 'string': str, 'boolean': bool, 'integer': int}
    KEYWORDS = {'type': ('schema/type', lambda value, name: type(value) is Schemas.TYPES[name]),
                'const': ('schema/value', lambda value, only: isinstance(value, str) and value == only),
                'enum': ('schema/value', lambda value, some: isinstance(value, str) and value in some),
                'minimum': ('schema/range', lambda value, least: value >= least),
                'maximum': ('schema/range', lambda value, most: value <= most),
                **dict.fromkeys(('minLength', 'minItems'), ('schema/size', lambda value, least: len(value) >= least)),
                **dict.fromkeys(('maxLength', 'maxItems'), ('schema/size', lambda value, most: len(value) <= most)),
                'pattern': ('schema/pattern', lambda value, form: re.search(form.replace('$', r'\Z'), value))}

    def __init__(self):
        names = ('congress.schema.json', 'contest.schema.json', 'manifest.schema.json', 'result.schema.json')
        self.files = {name: json_of(TESTS.parent / 'schemas' / name) for name in names}

    def rules(self, value, schema, at, file=''):
        """What `schema` does not admit in `value`; a schema may be a reference, {'$ref': 'FILE#/PATH'}."""
        if '$ref' in schema:
            name, _, path = schema['$ref'].partition('#')
            file = name or file
            schema = functools.reduce(lambda inner, step: inner[step], path.split('/')[1:], self.files[file])
        for keyword, (code, fits) in self.KEYWORDS.items():
            if keyword in schema and not fits(value, schema[keyword]):
                yield False, code, at
                if code in ('schema/type', 'schema/value'):
                    return
        for i, item in enumerate(value if isinstance(value, list) else ()):
            yield from self.rules(item, schema.get('items', {}), f'{at}/{i}', file)
        if isinstance(value, dict):
            applies = 'if' in schema and not list(self.rules(value, schema['if'], at, file))
            for key in schema.get('required', []) + (schema['then']['required'] if applies else []):
                if key not in value:
                    yield False, 'schema/missing-key', at
            for key, member in value.items():
                if key in schema.get('properties', {}):
                    yield from self.rules(member, schema['properties'][key], f'{at}/{key}', file)
                elif not schema.get('additionalProperties', True):
                    yield False, 'schema/unknown-key', f'{at}/{key}'

REASONS = {'delegates': {'committee-absent', 'absent-unreplaced'},
           'members': {'transferred', 'exempt-absent', 'suspended', 'charged', 'absent-excused'},
           'committee': {'suspended', 'charged', 'declared'}, 'inspection': {'suspended', 'charged', 'declared'}}
SEATED = ('election', 'opinion', 'introduction')
NAMED = ('election', 'opinion', 'withdrawal', 'introduction')  # questions whose names may not sit on the board
CAPPED = ('committee', 'standing-committee')
FORMS = {'introduction': 'strike', 'confidence': 'confidence', 'rating': 'rating'}  # of ballots; else `agree`

def base_of(electorate):
    return electorate['summoned'] - sum(deduction['count'] for deduction in electorate['deductions'])

def surplus_cap(seats):
    return max(1, 30 * seats // 100)

def has_begun(contest):
    return contest.box or contest.in_force() or contest.results

def keys_of(people):
    return [name_key(person['name']) for person in people]

def electorate_rules(electorate, kind, at):
    for i, deduction in enumerate(electorate['deductions']):
        yield deduction['reason'] in REASONS[kind], 'electorate/foreign-reason', f'{at}/deductions/{i}/reason'
    yield base_of(electorate) >= 1, 'electorate/base-below-one', at
    yield electorate['present'] <= base_of(electorate), 'electorate/present-over-base', f'{at}/present'

def board_rules(board, required, at):
    pinned = [member['certificate'] for member in board if 'certificate' in member]
    yield [member['role'] for member in board].count('head') == 1, 'board/head', at
    yield len(set(keys_of(board))) == len(board), 'board/duplicate-name', at
    yield len(set(pinned)) == len(pinned), 'board/duplicate-certificate', at
    yield not 0 < len(pinned) < required, 'board/too-few-certificates', at

def contest_rules(contest, congress, at, inherited=None):
    """What is said of one contest by itself. `inherited`: the electorate that it has when it brings none."""
    question, rows, seats = contest['question'], contest['rows'], contest.get('seats', 0)
    if question in SEATED and not seats:
        yield False, 'contest/seats-missing', at
        return
    election, capped, below = question == 'election', contest['office'] in CAPPED, congress['level'] != 'central'
    first_of_no = {row['no']: i for i, row in reversed(list(enumerate(rows)))}
    board = set(keys_of(contest.get('board', congress['board'])))
    for i, row in enumerate(rows):
        here, again = f'{at}/rows/{i}', first_of_no[row['no']] < i
        yield not again, 'list/duplicate-no', here + '/no'
        yield again or row['no'] == i + 1, 'list/gap', here + '/no'
        if capped and question in ('election', 'opinion') and row.get('incumbent') and below:
            yield row.get('nominated') not in ('floor', 'self'), 'list/incumbent-not-prepared', here + '/nominated'
        yield question not in NAMED or name_key(row['name']) not in board, 'board/candidate-on-board', here + '/name'
    form = FORMS.get(question, 'agree') if not election or len(rows) <= seats else 'strike'
    yield contest['ballot'] == form, 'list/ballot-form', at + '/ballot'
    if capped and election and contest.get('round', 1) == 1 and not contest.get('revote', False):
        yield len(rows) > seats, 'list/no-surplus', at + '/rows'
        yield len(rows) - seats <= surplus_cap(seats) or not below, 'list/surplus-over-cap', at + '/rows'
    electorate = contest.get('electorate', inherited)
    if electorate:
        yield from electorate_rules(electorate, contest.get('kind', congress['kind']), at + '/electorate')
    if 'board' in contest:
        yield from board_rules(contest['board'], congress['signatures_required'], at + '/board')

def is_day(text):
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False

def congress_rules(congress):
    ids = [contest['id'] for contest in congress['contests']]
    yield is_day(congress['date']), 'congress/date', '/date'
    yield from electorate_rules(congress['electorate'], congress['kind'], '/electorate')
    yield from board_rules(congress['board'], congress['signatures_required'], '/board')
    for i, contest in enumerate(congress['contests']):
        inherited = congress['electorate'] if 'kind' in contest else None
        yield ids.index(contest['id']) == i, 'contest/duplicate-id', f'/contests/{i}/id'
        yield from contest_rules(contest, congress, f'/contests/{i}', inherited)

# ---- section 9: the rules that a result cites -----------------------------------------------------------------------

def rules_applied(contest, result):
    """The rules of `steps`, in their order, from the other members of the result."""
    question, form, kind, revote = contest['question'], contest['ballot'], contest['kind'], contest['revote']
    rows, box, outcome = result['rows'], result['ballots'], result['outcome']
    election, opinion, tied = question == 'election', question == 'opinion', outcome == 'tied'
    # More passed than there are seats, or are supported than there is room.
    beyond = tied or any(row['standing'] == 'dropped' if opinion else
                         row['standing'] == 'not-elected' and (revote or row['to_line'] >= 0)
                         for row in rows if election or opinion)
    bands = {row.get('band') for row in rows}
    base = 'hand-and-rating-votes' if (kind, question) == ('members', 'rating') else \
        kind if kind in ('delegates', 'members') else 'meeting'
    return [rule for rule, applies in (
        ('base/' + base, True), ('base/not-ballots', election), ('ballot/' + form, election),
        ('reconciliation/excess-accepted', box['returned'] > box['issued']),
        ('reconciliation/returned-fewer', box['returned'] < box['issued']),
        ('validity/full-or-fewer', election),
        ('validity/row-ignored', form != 'strike' and any(row['none'] + row['several'] for row in rows)),
        ('validity/nobody-on-agree', election and form == 'agree' and len(rows) >= 2),
        *[('validity/' + reason, reason in box['invalid_by']) for reason in INVALID],
        ('tie/revote-no-line', election and revote), ('majority/over-half', election and not revote),
        ('round/line-again', election and not revote and contest['round'] > 1),
        ('majority/highest-first', election and beyond),
        ('tie/revote-tied' if revote else 'tie/last-seat', election and tied), ('tie/no-tie-break', election and tied),
        ('round/delegates-continue' if contest['office'] in DELEGATES else 'round/short', outcome == 'short'),
        ('round/branch-secretary', outcome == 'exhausted'),
        ('poll/floor-support', opinion), ('poll/highest-to-cap', opinion and beyond),
        ('poll/tie-at-cut', opinion and tied),
        ('poll/confidence-levels', question == 'confidence'),
        ('poll/' + question, question in ('withdrawal', 'introduction', 'survey', 'rating')),
        ('poll/withdrawal-base', question == 'withdrawal'),
        ('poll/fraction-base', question in ('confidence', 'rating')),
        ('poll/confidence-low-over-half', 'low-over-half' in bands),
        ('poll/confidence-low-two-thirds', 'low-two-thirds' in bands)) if applies]

# ---- section 5: the evening -----------------------------------------------------------------------------------------

FROZEN = ('electorate', 'box', 'bundle', 'retracted', 'correction', 'ruling', 'confirmed', 'result')  # by a result
BY_TWO = ('retracted', 'correction', 'ruling', 'confirmed', 'reopened')
DECISIONS = {  # on a standing result: questions (all, when none is named) and outcomes
    'revote': ('election', 'tied'), 'vote-again': ('', 'short void'),
    'accept-short': ('election', 'short tied exhausted'),
    'list': ('opinion', 'tied'), 'alternates': ('election', 'filled')}

def first_round(id):
    return re.sub(r'-r[1-9][0-9]?\Z', '', id)

def may_take(result, count):
    """Whether `count` runners-up over the line can be alternates: nobody left out has as many votes as one of them."""
    votes = sorted((row.get('votes', 0) for row in result.get('rows', [])
                    if row.get('standing') == 'not-elected' and is_count(row.get('to_line'))), reverse=True)
    return 1 <= count <= len(votes) and votes[count - 1] not in votes[count:]

def is_moment(value):
    """Whether it is a second of the calendar, written in full."""
    try:
        return datetime.strptime(value, '%Y-%m-%dT%H:%M:%SZ').isoformat() + 'Z' == value
    except (TypeError, ValueError):
        return False

def waiting(contest, one):
    """The ballots on which a pass read a flag that is neither confirmed nor ruled on (section 6)."""
    confirmed = getattr(contest, 'confirmed', -1)
    return {ballot for ballot, flags in one.brought.items()
            if any(seq > confirmed for seq in flags.values()) and (one.bundle, ballot) not in contest.rulings}

class Judge(Verifier):
    warnings = Verifier.warnings | {'contest/replaced-by-one', 'result/parent-reopened'}

    def __init__(self, options):
        super().__init__(options)
        self.schemas, self.closed, self.latest, self.is_record = Schemas(), False, '', False
        self.rules = {(rule['regulation'], rule['rule']): {key: rule[key] for key in (
            'rule', 'text_vi', 'text_en', 'document', 'article', 'grade')} for rule in options.rules['rules']}
        self.opened_on = {}            # contest -> (contest, seq of its result) on which a decision opened it
        self.decided = set()           # (contest, seq of the result) on which a decision was taken
        self.last = defaultdict(dict)  # contest -> what `replaces` must name: place -> seq
        self.looked_at, self.prefix = {}, None

    def all_hold(self, rules, file=''):
        for holds, code, at in rules:
            self.should(holds, code, file + at)

    def must_fit(self, value, reference, where):
        """Names all that a schema does not admit in a value, which is then not taken."""
        broken = list(self.schemas.rules(value, {'$ref': reference}, where))
        self.all_hold(broken[1:])
        must(*broken[0] if broken else (True, ''))

    # -- the definition, and lists that come during the evening

    def take_congress(self, name):
        congress, contests = clean_json(self.read(name), name), {}
        self.must_fit(congress, 'congress.schema.json#', 'congress.json#')
        super().take_congress(name)
        self.all_hold(congress_rules(congress), 'congress.json#')
        for contest in congress['contests']:
            contests.setdefault(contest['id'], Contest(contest, congress))
        for i, contest in enumerate(congress['contests']):
            stated = contests[contest['id']].stated
            self.attempt(self.check_among, stated, contests, f'congress.json#/contests/{i}')

    def check_list(self, contest, at):
        old = self.contests.get(contest['id'])
        inherited = old and old.entered or self.congress['electorate']
        self.all_hold(contest_rules(contest, self.congress, at, inherited))

    def elected(self, contest):
        """The rows that its standing result calls elected, as far as its list has them."""
        stated = contest.standing.told.get('elected', []) if contest.standing else []
        return [contest['rows'][no - 1] for no in stated if no <= len(contest['rows'])]

    def eligible(self, contest, elected_only, contests):
        """Keys of the names that are elected in the contest that a list is among, and in its further rounds; of a round
        without a standing result (of all, while the first has none) everyone on the list, unless only the elected are
        wanted."""
        among, names = contests.get(contest['among']), set()
        for id, other in contests.items():
            further = first_round(id) == first_round(contest['among']) != id
            if id != contest['id'] and among and (other is among or further and other['round'] > among['round']):
                settled = elected_only or among.standing and other.standing
                names |= set(keys_of(self.elected(other) if settled else other['rows']))
        return names

    def check_among(self, contest, contests, at):
        if 'among' in contest:
            another = contest['among'] in contests and contest['among'] != contest['id']
            must(another, 'contest/among-unknown', at + '/among')
            may = self.eligible(contest, False, contests)
            for i, key in enumerate(keys_of(contest['rows'])):
                self.should(key in may, 'list/not-among', f'{at}/rows/{i}/name')

    def replace_list(self, contest, by, entry_at):
        at = entry_at + '#/body/contest'
        self.must_fit(contest, 'contest.schema.json#', at)
        self.check_list(contest, at)
        old = self.contests.get(contest['id'])
        if old:
            new = Contest(contest, self.congress)
            must(not has_begun(old), 'entry/contest-frozen', at, contest['id'])
            pinned = all(old[key] == new[key] for key in ('question', 'office', 'seats', 'round', 'revote'))
            must(pinned or contest['id'] not in self.opened_on, 'entry/contest-pinned', at, contest['id'])
            by_two = len(by) == 2 or self.congress['purpose'] != 'official'
            self.should(by_two, 'contest/replaced-by-one', entry_at + '#/by')
            last = self.last[contest['id']]
            self.last[contest['id']] = {place: seq for place, seq in last.items() if place[0] != 'ruling'}
        self.attempt(self.check_among, contest, self.contests, at)

    # -- entries

    def take_record(self, name):
        if not self.should(self.read(name), 'entry/none', name):
            self.should(self.congress, 'entry/not-replayed', name)
            return
        super().take_record(name)
        self.check_manifests()
        if not self.should(self.is_record, 'entry/not-replayed', name):
            self.congress = None
        self.check_rounds()
        self.check_edited()
        self.attempt(self.check_prefix, name)

    def read_entry(self, line, at):
        entry = clean_json(line, at)
        must(canonical(entry) == line, 'entry/not-canonical', at)
        must(isinstance(entry, dict) and sorted(entry) == ['at', 'body', 'by', 'kind', 'seq'], 'entry/keys', at)
        must(type(entry['seq']) is int, 'entry/body', at + '#/seq')
        must(entry['kind'] in KINDS, 'entry/kind', at + '#/kind')
        must(is_moment(entry['at']), 'entry/time', at + '#/at')
        by = entry['by'] if isinstance(entry['by'], list) else []
        people = {name_key(name) for name in by if isinstance(name, str)} - {''}
        must(1 <= len(people) <= 2 and len(people) == len(by), 'entry/people', at + '#/by')
        must(isinstance(entry['body'], dict), 'entry/body', at + '#/body')
        self.check_form(entry, at)
        self.is_record = True
        return super().read_entry(line, at)

    def check_form(self, entry, at):
        """Of the body of an entry."""
        kind, body = entry['kind'], entry['body']
        must(is_seq(entry['seq']) and all(map(says_something, entry['by'])), 'entry/body', at)
        members = {member.rstrip('?'): member for member in BODIES[kind].split()}
        for name in [*body, *members]:
            fits = FITS.get(f'{kind}.{name}') or FITS.get(name)
            fit = name in members and (fits(body[name]) if name in body else members[name] != name)
            must(fit, 'entry/body', f'{at}#/body/{name}')
        must(kind != 'ruling' or ('marks' in body) != ('invalid' in body), 'entry/body', at + '#/body')

    def replay(self, entry, at):
        kind, body, contest = entry['kind'], entry['body'], None
        self.should(entry['at'] >= self.latest, 'entry/time-back', at, entry['at'], self.latest)
        self.latest = max(self.latest, entry['at'])
        if kind == 'bundle':  # its files are looked at whatever comes of the entry
            self.ballots_of(self.contests.get(body['contest']), body, at)
        must(self.congress, 'entry/not-replayed', 'record.jsonl')
        must(not self.closed, 'entry/after-closed', at)
        must((kind == 'opened') == (self.tree.size == 0), 'entry/opened', at)
        if kind not in ('opened', 'contest', 'note', 'closed'):
            contest = self.contests.get(body['contest'])
            must(contest, 'entry/unknown-contest', at + '#/body/contest', body['contest'])
            must(not contest.standing or kind not in FROZEN, 'entry/result-stands', at, body['contest'])
        if kind in ('reopened', 'signed'):
            stands = contest.standing and contest.standing.seq == body['result']
            must(stands, 'entry/not-standing', at + '#/body/result', body['contest'])
        self.may(entry, contest, at)
        self.closed = kind == 'closed'
        super().replay(entry, at)
        self.taken(entry, contest, at)

    def must_be_there(self, contest, kind, body, at):
        """The pass or the ballot that an entry is about."""
        one = contest.passes.get((body['bundle'], body.get('pass')))
        if kind in ('retracted', 'correction'):
            must(one and not one.retracted, 'entry/pass-not-in-force', at)
        if kind == 'ruling':
            passes = contest.in_force().get(body['bundle'], ())
            has = any(one.read is None or body['ballot'] in one.read for one in passes)
            must(has, 'entry/no-ballot', at, body['bundle'], body['ballot'])
            must('?' not in body.get('marks', ''), 'entry/marks', at + '#/body/marks')

    def may(self, entry, contest, at):
        """Who may write it, and when."""
        kind, body, by = entry['kind'], entry['body'], set(map(name_key, entry['by']))
        if kind == 'contest':
            self.replace_list(body['contest'], by, at)
        if not contest:
            return
        able = {name_key(member['name']) for member in contest['board'] if member['role'] != 'technician'}
        self.should(kind not in BY_TWO or len(by) == 2 and by <= able, 'entry/two-of-board', at + '#/by')
        if kind in ('retracted', 'correction', 'ruling'):
            self.must_be_there(contest, kind, body, at)
        if kind in ('electorate', 'box') and contest.box:
            self.should(len(by) == 2 and says_something(body.get('note')), 'entry/two-and-note', at)
        if kind == 'retracted':
            seq = contest.passes[body['bundle'], body['pass']].seq
            self.should(body['seq'] == seq, 'entry/wrong-seq', at + '#/body/seq', seq)
        if kind == 'electorate':
            where = at + '#/body/electorate'
            self.must_fit(body['electorate'], 'contest.schema.json#/definitions/electorate', where)
            self.all_hold(electorate_rules(body['electorate'], contest['kind'], where))
        if kind == 'confirmed':
            passes = [one for passes in contest.in_force().values() for one in passes]
            flagged = {(one.bundle, ballot) for one in passes if one.read for ballot in waiting(contest, one)}
            all_of_them = body['ballots'] == len(flagged) or any(one.read is None for one in passes)
            self.should(all_of_them, 'entry/confirmed', at + '#/body/ballots', len(flagged))
        if kind == 'decision':
            self.decision(contest, body, at)
        if kind == 'result' and 'among' in contest.stated and contest.before != 'void':
            elected = set(keys_of(contest['rows'])) <= self.eligible(contest.stated, True, self.contests)
            self.should(elected, 'result/gate-not-elected', contest['id'])

    def taken(self, entry, contest, at):
        """What it says it replaces, once it was taken."""
        kind, body = entry['kind'], entry['body']
        if contest:
            one = contest.passes.get((body.get('bundle'), body.get('pass')))
            if kind == 'bundle':
                one.seq, one.brought = entry['seq'], {ballot: dict.fromkeys(flags, entry['seq'])
                                                      for ballot, (_, flags) in (one.read or {}).items()}
            if kind == 'correction':
                before = one.brought.get(body['ballot'], {})
                one.brought[body['ballot']] = {flag: before.get(flag, entry['seq']) for flag in flags_in(body['flags'])}
            if kind == 'confirmed':
                contest.confirmed = entry['seq']
            place, last = (kind, body.get('bundle'), body.get('pass'), body.get('ballot')), self.last[contest['id']]
            if 'replaces?' in BODIES[kind]:
                same = body.get('replaces') == last.get(place)
                self.should(same, 'entry/replaces', at + '#/body/replaces', body.get('replaces'), last.get(place))
            last[place] = entry['seq']

    def decision(self, contest, body, at):
        action, standing, box, question = body['action'], contest.standing, contest.box, contest['question']
        must(body['votes_for'] <= body['of'], 'entry/votes', at, body['votes_for'], body['of'])
        asked, outcomes = DECISIONS.get(action, (question, ''))
        told = standing.told if standing else {}
        fits = ('opens' in body) == (action in ('revote', 'vote-again'))
        fits = fits and ('alternates' in body) == (action == 'alternates')
        if action in ('void', 'accept-excess'):
            excess = box['returned'] - box['issued'] if box else 0
            ruled = sum(ruling.get('invalid') == 'not-issued' for ruling in contest.rulings_in_force().values())
            fits = fits and box and not standing and (action == 'void' or 0 < excess <= ruled)
        else:
            fits = fits and standing and (contest['id'], standing.seq) not in self.decided
            fits = fits and told.get('outcome') in outcomes.split() and asked in ('', question)
        if fits and action == 'alternates':
            fits = contest['office'] == 'delegates' and not contest['revote'] and may_take(told, body['alternates'])
        must(fits, 'entry/decision', at + '#/body/action', action, told.get('outcome', '-'))
        if standing:
            self.decided.add((contest['id'], standing.seq))
        if 'opens' in body:
            self.open_round(contest, action, body['opens'], told, at + '#/body/opens')

    def open_round(self, parent, action, opens, told, at):
        """The further round must follow from the parent's result."""
        self.must_fit(opens, 'contest.schema.json#', at)
        result, first, n = parent.standing, first_round(parent['id']), parent['round'] + 1
        while (void := self.contests.get(f'{first}-r{n}')) and void.standing and void.standing.void:
            n += 1
        there, following = self.contests.get(opens['id']), told.get('next', {'rows': [], 'seats': None})
        revote, left = action == 'revote' or parent['revote'] and result.void, following['rows']
        expected = {'id': f'{first}-r{n}', 'round': n, 'revote': revote, 'seats': following['seats'],
                    'electorate': parent.electorate(),
                    **{key: parent.stated.get(key) for key in ('question', 'office', 'title', 'kind', 'board')}}
        stated = {'round': 1, 'revote': False, 'electorate': self.congress['electorate']} | opens
        wrong = [key for key, value in expected.items() if stated.get(key) != value]
        wrong += ['id'] if there and (has_begun(there) or opens['id'] not in self.opened_on) else []
        for i, row in enumerate(opens['rows']):
            if 'from' in row or revote:
                if row.get('from') not in left or row['from'] > len(parent['rows']):
                    wrong.append(f'rows/{i}/from')
                    break
                left = left[left.index(row['from']) + 1:]
                before = parent['rows'][row['from'] - 1]
                wrong += [f'rows/{i}'] if row | {'no': 0, 'from': 0} != before | {'no': 0, 'from': 0} else []
        for key in wrong[1:]:
            self.should(False, 'entry/opens', f'{at}/{key}')
        must(not wrong, 'entry/opens', f'{at}/{wrong[0]}' if wrong else '')
        self.check_list(opens, at)
        self.opened_on[opens['id']], self.last[opens['id']] = (parent['id'], result.seq), {}
        self.attempt(self.check_among, opens, self.contests, at)

    # -- manifests, bundles and results

    def read_manifest(self, name):
        """Its items by contest, bundle and pass, and its signers: nothing when a signature is bad."""
        signed, items = name + '.p7s', {}
        self.unknown.discard(signed)
        data = self.read(name)
        manifest = clean_json(data, name)
        self.must_fit(manifest, 'manifest.schema.json#', name + '#')
        congress = not self.congress or manifest['congress'] == self.congress['id']
        self.should(congress, 'dossier/manifest-congress', name + '#/congress')
        for i, item in enumerate(manifest['bundles']):
            key, file, at = (manifest['contest'], item['bundle'], item['pass']), item['file'], f'{name}#/bundles/{i}'
            inside = not file.startswith('/') and '\\' not in file and '..' not in file.split('/')
            self.should(says_something(item.get('by', '-')), 'schema/pattern', at + '/by')
            self.should(inside, 'dossier/manifest-path', at + '/file')
            self.should(key not in items, 'dossier/manifest-twice', at)
            items[key] = item
        signers = signers_of(self.read(signed), data) if signed in self.names else {}
        self.should(signers is not None, 'signature/bad', signed)
        return items, signers

    def check_item(self, body, at):
        name, key = f'manifests/{body["manifest"]}.json', (body['contest'], body['bundle'], body['pass'])
        self.entered.add((*key, body['sha256']))
        if name not in self.manifests:
            self.manifests[name] = self.attempt(self.read_manifest, name)
        if body['signers']:
            self.attempt(self.read, name + '.p7s')
        if self.manifests[name]:
            items, signers = self.manifests[name]
            same = signers is None or name + '.p7s' not in self.names or sorted(signers) == body['signers']
            self.should(same, 'dossier/manifest-signers', at + '#/body/signers')
            must(key in items, 'dossier/manifest-no-item', at, name)
            for member in ('sha256', 'ballots', 'station', 'by', 'method', 'counted'):
                same = items[key].get(member) == body.get(member)
                self.should(same, 'dossier/manifest-differs', f'{at}#/body/{member}')

    def check_results(self, at):
        self.manifests.clear()
        super().check_results(at)

    def check_manifests(self):
        for name, manifest in self.manifests.items():
            for key, item in manifest[0].items() if manifest else ():
                self.should((*key, item['sha256']) in self.entered, 'dossier/manifest-not-in-record', name, *key)

    def ballots_of(self, contest, body, at):
        if at not in self.looked_at:
            self.looked_at[at] = super().ballots_of(contest, body, at)
        return self.looked_at[at]

    def read_bundle(self, contest, body, at):
        if contest:
            return super().read_bundle(contest, body, at)
        self.read(f'bundles/{body["sha256"]}.csv')
        return None

    def told(self, result):
        """As much of a result as has the form of one: what follows from a result is what it states, right or wrong."""
        forms = self.schemas.files['result.schema.json']['properties']
        return {key: part for key, part in result.items()
                if key in forms and not list(self.schemas.rules(part, forms[key], '', 'result.schema.json'))}

    def is_clear(self, contest):
        """The rest of the gate (section 7). Whether nothing keeps the ballots from being counted."""
        ruled = sum(ruling.get('invalid') == 'not-issued' for ruling in contest.rulings_in_force().values())
        excess = contest.box['returned'] - contest.box['issued'] if contest.box else 0
        self.should(contest.before != 'accept-excess' or ruled >= excess, 'result/gate-excess', contest['id'])
        clear = all(holds for holds, code, _ in contest.gate() if code in ('passes-differ', 'doubtful'))
        for bundle, passes in contest.in_force().items():
            at, keyers = f'{contest["id"]}/{bundle}', [name_key(one.by) for one in passes if 'by' in vars(one)]
            apart = len(set(keyers)) == len(keyers) and len({one.station for one in passes}) == len(passes)
            self.should(apart, 'result/gate-not-independent', at)
            if all(one.read is not None for one in passes):
                none_waits = not any(waiting(contest, one) for one in passes)
                clear = self.should(none_waits, 'result/gate-doubtful', at, 'a flag waits') and clear
        return clear

    def expected(self, contest, stated, readable):
        told, void = self.told(stated), contest.before == 'void'
        # What has not the form of a result is counted as nothing that ballots could come to.
        rows, row = told.get('rows', []), dict.fromkeys(('votes', 'against', 'none', 'several'), -1)
        ballots = {'valid': -1, 'invalid_by': {}, 'rulings': -1} | told.get('ballots', {})
        rows = [row | said for said in (rows + [{}] * len(contest['rows']))[:len(contest['rows'])]]
        whole = told | {'ballots': ballots, 'rows': rows, 'steps': []}
        result = super().expected(contest, whole, readable and (void or self.is_clear(contest)))
        steps = [{'rule': rule} for rule in rules_applied(contest, result)] if not void else []
        for step, said in zip(steps, told.get('steps', []) + [{}] * len(steps)):
            known = self.rules.get((self.congress['regulation'], step['rule']), {})
            step |= known if self.rules else said | step  # without the rules' texts those that stand there
        return result | {'steps': steps}

    def take_result(self, contest, body, seq, at):
        super().take_result(contest, body, seq, at)
        contest.standing.told, contest.standing.void = self.told(body['result']), contest.before == 'void'

    def take_signed(self, contest, body, when, at):
        try:
            base64.b64decode(body['p7s'], validate=True)
        except ValueError:
            must(False, 'signature/bad', at + '#/body/p7s')
        super().take_signed(contest, body, when, at)

    # -- when everything is replayed

    def check_checkpoint(self, name):
        lines = self.read(name).decode('utf-8', 'replace').split('\n')
        must(len(lines) == 4 and lines[3] == '', 'checkpoint/form', name)
        origin = f'{self.origin}/{self.record_id}' if self.congress else lines[0]
        expected = origin, str(self.tree.size), base64.b64encode(self.tree.roots[-1]).decode()
        for i, (line, want) in enumerate(zip(lines, expected), 1):
            self.should(line == want, 'checkpoint/mismatch', f'{name}:{i}', line, want)

    def check_prefix(self, name):
        """An older dossier, a checkpoint, or "SIZE ROOT" is the beginning of this record."""
        older, origin, root = self.options.prefix, '', None
        if not older:
            return
        if os.path.isdir(older):
            must(os.path.exists(Path(older, name)), 'file/missing', older)
            lines = self.read(name).removesuffix(b'\n').split(b'\n')
            before = Path(older, name).read_bytes().removesuffix(b'\n').split(b'\n')
            fork = next((i for i, (one, other) in enumerate(zip(before, lines), 1) if one != other), 0)
            size = len(before) if before != [b''] else 0
            must(not fork or not size, 'prefix/fork', f'{name}:{fork}', fork - 1)
        else:
            said = Path(older).read_text('utf-8') if os.path.exists(older) else older
            form = re.fullmatch(r'(?:(.*)\n([0-9]+)\n(.*)|([0-9]+)[ :](.*))\n?', said)
            must(form, 'prefix/form', older)
            try:
                origin, size, root = form[1] or '', int(form[2] or form[4]), typed(form[3] or form[5])
            except ValueError:
                must(False, 'prefix/form', older)
        must(size, 'prefix/form', older)
        known = f'{self.origin}/{self.record_id}'
        must(not origin or not self.record_id or origin == known, 'prefix/other-record', '--prefix', origin, known)
        must(size <= self.tree.size, 'prefix/longer', '--prefix', size, self.tree.size)
        must(root in (None, self.tree.roots[size].hex()), 'prefix/differs', name, size)
        self.prefix = size

    def report(self):
        return super().report() | ({} if self.prefix is None else {'prefix': self.prefix})

    def check_rounds(self):
        """Rounds on a result that does not stand any more, and more elected than there are seats."""
        for id, contest in sorted(self.contests.items()):
            if id in self.opened_on and has_begun(contest) and not (contest.standing and contest.standing.void):
                parent, seq = self.opened_on[id]
                standing = self.contests[parent].standing
                self.should(standing and standing.seq == seq, 'result/parent-reopened', parent, id)
            if id not in self.opened_on and contest['question'] == 'election':
                further = [other for other in self.contests if other in self.opened_on and first_round(other) == id]
                elected = sum(len(self.elected(self.contests[one])) for one in (id, *further))
                self.should(elected <= contest['seats'], 'result/more-than-seats', id, elected, contest['seats'])

    def check_edited(self):
        """One large file does not stand for many bundles with corrections or rulings."""
        edited = defaultdict(set)
        for id, contest in self.contests.items():
            passes, touched = contest.passes.values(), {bundle for bundle, _ in contest.rulings}
            touched |= {one.bundle for one in passes if one.corrected and not one.retracted}
            for one in passes:
                edited[f'bundles/{one.sha256}.csv'] |= {(id, one.bundle)} if one.bundle in touched else set()
        for name, bundles in edited.items():
            few = len(bundles) <= 16 or name not in self.names or (self.folder / name).stat().st_size <= 2**16
            self.should(few, 'dossier/bundle-too-often', name, len(bundles))

def main(words):
    line = CommandLine()
    line.add_argument('--rules', type=json_of, default={'rules': []})
    line.add_argument('--prefix')
    judge = Judge(line.parse_args(words))
    judge.run()
    report = judge.report()
    print(canonical(report).decode())
    return 0 if report['ok'] else 1

if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
