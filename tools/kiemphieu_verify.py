#!/usr/bin/env python3
"""The second verifier: judges a dossier on a machine where nothing can be installed.

    python3 kiemphieu_verify.py DOSSIER [--ca FILE] [--digest D]... [--root R] [--prefix OLD] [--unsigned] [--json]
                                        [--lang vi|en] [--schemas DIR] [--rules FILE]

Python 3.11 alone; signatures through the `openssl` command. Written from docs/formats.md, with no line of the
programs it judges: where a section stands below, that section is what the code restates. The codes are
those of docs/formats.md section 13, which says what each means and what to do next.

It needs the four files of schemas/ (beside this file, in ../schemas, or under --schemas). With --rules, the output
of `kiemphieu rules --json`, it compares the texts of the rules too; without, only which rules were applied.

Exit 0: no error. 1: at least one error, or the dossier cannot be read. 2: the command line is wrong.
"""
import argparse, base64, functools, hashlib, json, os, re, stat, subprocess, sys, tempfile, unicodedata
from collections import Counter, defaultdict
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

WARNINGS = {'contest/replaced-by-one', 'dossier/bundle-equal-bytes', 'count/not-recomputed', 'count/by-hand', 'signature/untrusted',
            'signature/not-pinned', 'signature/expired', 'signature/weak-key', 'bound/not-covered', 'result/parent-reopened'}
MOST_OF_A_CODE = 100  # findings of one code that are listed

class Fault(ValueError):
    """Why a file, a text or an entry is not taken: code, place, and what else is known of it."""

def must(holds, code, where='', *said):
    """What does not hold keeps a text or an entry from being taken."""
    if not holds:
        raise Fault(code, where, *said)

# ---- section 1: JSON; section 2: names ----------------------------------------------------------------------------

def sha256(data):
    return hashlib.sha256(data).hexdigest()

def canonical(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(',', ':')).encode()

def texts_in(value, depth=1):
    """Every text and every key of a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        if depth > 32:
            raise ValueError('more than 32 levels')
        for part in [*value, *value.values()] if isinstance(value, dict) else value:
            yield from texts_in(part, depth + 1)

def read_json(data, where):
    """One JSON text as section 1 admits it."""
    def refuse(what):
        raise ValueError(f'refused: {what}')

    def integer(digits):
        return int(digits) if len(digits) < 18 and abs(int(digits)) < 2**53 else refuse(digits)

    def members(pairs):
        return dict(pairs) if len(dict(pairs)) == len(pairs) else refuse('a key twice')

    try:
        value = json.loads(data.decode(), parse_int=integer, parse_float=refuse, parse_constant=refuse, object_pairs_hook=members)
        text = '"'.join(texts_in(value))  # a quote goes together with no combining mark
        marks = ''.join(c for c in set(text) if unicodedata.combining(c))
        if any(unicodedata.category(c) in ('Cs', 'Cc', 'Cf', 'Co', 'Zl', 'Zp') for c in set(text)):
            refuse('a control or invisible character')
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

def keys_of(people):
    return [name_key(person['name']) for person in people]

def is_moment(text):
    """Whether it is a second of the calendar, written in full."""
    try:
        return datetime.strptime(text, '%Y-%m-%dT%H:%M:%SZ').isoformat() + 'Z' == text
    except (TypeError, ValueError):
        return False

def text(pattern):
    return lambda value: isinstance(value, str) and re.fullmatch(pattern, value, re.DOTALL) is not None

def whole(least, most):
    return lambda value: type(value) is int and least <= value <= most

is_text, is_digest, says_something = text('.*'), text('[0-9a-f]{64}'), text(r'.*\S.*')
is_object, is_count, is_seq = lambda value: isinstance(value, dict), whole(0, 10**9), whole(0, 2**53)

# ---- section 2: definitions. A rule is (whether it holds, the code when it does not, the place) -------------------

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

    def __init__(self, folder):
        self.files = {path.name: json.loads(path.read_bytes()) for path in Path(folder).glob('*.schema.json')}

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
    election, capped, below_central = question == 'election', contest['office'] in CAPPED, congress['level'] != 'central'
    first_of_no = {row['no']: i for i, row in reversed(list(enumerate(rows)))}
    board = set(keys_of(contest.get('board', congress['board'])))
    for i, row in enumerate(rows):
        here, again = f'{at}/rows/{i}', first_of_no[row['no']] < i
        yield not again, 'list/duplicate-no', here + '/no'
        yield again or row['no'] == i + 1, 'list/gap', here + '/no'
        if capped and question in ('election', 'opinion') and row.get('incumbent') and below_central:
            yield row.get('nominated') not in ('floor', 'self'), 'list/incumbent-not-prepared', here + '/nominated'
        yield question not in NAMED or name_key(row['name']) not in board, 'board/candidate-on-board', here + '/name'
    form = FORMS.get(question, 'agree') if not election or len(rows) <= seats else 'strike'
    yield contest['ballot'] == form, 'list/ballot-form', at + '/ballot'
    if capped and election and contest.get('round', 1) == 1 and not contest.get('revote', False):
        yield len(rows) > seats, 'list/no-surplus', at + '/rows'
        yield len(rows) - seats <= surplus_cap(seats) or not below_central, 'list/surplus-over-cap', at + '/rows'
    electorate = contest.get('electorate', inherited)
    if electorate:
        yield from electorate_rules(electorate, contest.get('kind', congress['kind']), at + '/electorate')
    if 'board' in contest:
        yield from board_rules(contest['board'], congress['signatures_required'], at + '/board')

def congress_rules(congress):
    ids = [contest['id'] for contest in congress['contests']]
    yield is_moment(congress['date'] + 'T00:00:00Z'), 'congress/date', '/date'
    yield from electorate_rules(congress['electorate'], congress['kind'], '/electorate')
    yield from board_rules(congress['board'], congress['signatures_required'], '/board')
    for i, contest in enumerate(congress['contests']):
        yield ids.index(contest['id']) == i, 'contest/duplicate-id', f'/contests/{i}/id'
        yield from contest_rules(contest, congress, f'/contests/{i}', congress['electorate'] if 'kind' in contest else None)

# ---- section 3: bundles -------------------------------------------------------------------------------------------

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

# ---- section 4: the tree and the form of entries ------------------------------------------------------------------

class Tree:
    """RFC 6962 section 2.1, growing at its end; keeps the root of every size."""

    def __init__(self):
        self.peaks, self.size, self.roots = [], 0, [hashlib.sha256(b'').digest()]

    def append(self, leaf):
        node, bits = hashlib.sha256(b'\0' + leaf).digest(), self.size
        while bits & 1:
            node, bits = hashlib.sha256(b'\1' + self.peaks.pop() + node).digest(), bits >> 1
        self.peaks.append(node)
        self.size += 1
        self.roots.append(functools.reduce(lambda root, peak: hashlib.sha256(b'\1' + peak + root).digest(), reversed(self.peaks)))

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
FITS = {name: form for form, names in (  # of a member of that name, or of that kind and name
    (text('.+'), 'congress purpose record station action p7s text'), (is_digest, 'sha256 manifest certificate'),
    (is_count, 'issued returned spoiled counted votes_for'), (whole(1, 10**9), 'ballots of alternates'),
    (is_seq, 'seq replaces result'), (is_object, 'electorate opens contest.contest result.result'),
    (says_something, 'note by'), (is_text, 'electorate.note box.note seal'), (text('[a-z0-9-]{1,32}'), 'contest'),
    (text('[A-Za-z0-9-]{1,16}'), 'bundle'), (whole(1, 99), 'pass'), (whole(1, 999999999), 'ballot'),
    (text('[abcd.*?]+'), 'marks'), (lambda value: is_text(value) and flags_in(value) is not None, 'flags'),
    (text('keyed|scanned|imported'), 'method'), (text('not-issued|outside-name|marked|ruled-invalid'), 'invalid'),
    (lambda value: isinstance(value, list) and all(map(is_digest, value)) and value == sorted(set(value)), 'signers'))
    for name in names.split()}

def parse_entry(line, at):
    """One line of record.jsonl as an entry, or the first thing that is wrong with it."""
    entry = read_json(line, at)
    must(canonical(entry) == line, 'entry/not-canonical', at)
    must(is_object(entry) and sorted(entry) == ['at', 'body', 'by', 'kind', 'seq'], 'entry/keys', at)
    kind, by, body = entry['kind'], entry['by'], entry['body']
    must(is_seq(entry['seq']), 'entry/body', at + '#/seq')
    must(is_text(kind) and kind in BODIES, 'entry/kind', at + '#/kind')
    must(is_moment(entry['at']), 'entry/time', at + '#/at')
    people = set(map(name_key, by)) if isinstance(by, list) and all(map(says_something, by)) else ()
    must(1 <= len(people) <= 2 and len(people) == len(by), 'entry/people', at + '#/by')
    must(is_object(body), 'entry/body', at + '#/body')
    members = {member.rstrip('?'): member for member in BODIES[kind].split()}
    for name in [*body, *members]:
        fits = FITS.get(f'{kind}.{name}') or FITS.get(name)
        must(name in members and (fits(body[name]) if name in body else members[name] != name), 'entry/body', f'{at}#/body/{name}')
    must(kind != 'ruling' or ('marks' in body) != ('invalid' in body), 'entry/body', at + '#/body')
    return entry

# ---- signatures, through openssl; section 11 ----------------------------------------------------------------------

def openssl(*words, data=None):
    """What the command writes; nothing when it fails."""
    done = subprocess.run(['openssl', *map(str, words)], input=data, capture_output=True, check=False)
    return done.stdout if done.returncode == 0 else None

def der(data):
    """(tag, content) of each DER element in `data`."""
    at = 0
    while at < len(data):
        tag, length, at = data[at], data[at + 1], at + 2
        if length & 0x80:
            width = length & 0x7F
            length, at = int.from_bytes(data[at:at + width], 'big'), at + width
        if at + length > len(data):
            raise ValueError('cut off')
        yield tag, data[at:at + length]
        at += length

# Names of algorithms, as DER: the digests that count, and for each the RSA and the ECDSA algorithm that may stand beside it.
PLAIN_DATA = bytes.fromhex('2a864886f70d010701')
NULL, RSA, PSS, ELLIPTIC = map(bytes.fromhex, ('0500', '06092a864886f70d010101', '06092a864886f70d01010a', '06072a8648ce3d0201'))
ALGORITHMS = {bytes.fromhex('06096086480165030402' + digest):
              (bytes.fromhex('06092a864886f70d0101' + rsa), bytes.fromhex('06082a8648ce3d0403' + ecdsa))
              for digest, rsa, ecdsa in (('01', '0b', '02'), ('02', '0c', '03'), ('03', '0d', '04'))}

def signer_infos(p7s):
    """(issuer's name or nothing, whether the key is elliptic) of each signer of a detached CMS SignedData over plain data whose
    algorithms count and fit each other; nothing when it is none."""
    try:
        found, ((_, outer),) = [], der(p7s)
        _, (_, wrapped) = der(outer)
        (_, signed), = der(wrapped)
        (_, version), _, (_, content), *_, (_, signers) = der(signed)
        must([part for _, part in der(content)] == [PLAIN_DATA], 'signature/bad')
        for _, info in der(signers):
            (_, its_version), (tag, who), (_, digest), (_, sign) = [part for part in der(info) if part[0] not in (0xA0, 0xA1)][:4]
            rsa, ecdsa = ALGORITHMS[digest.removesuffix(NULL)]  # any other parameters make it a name that nobody knows
            elliptic = sign.removesuffix(NULL) in (ELLIPTIC, ecdsa)
            must(elliptic or sign.removesuffix(NULL) in (RSA, rsa) or sign.startswith(PSS), 'signature/bad')
            must(its_version == (b'\1' if tag == 0x30 else b'\3'), 'signature/bad')
            found.append((next(der(who))[1] if tag == 0x30 else None, elliptic))
        must(version == (b'\3' if None in [issuer for issuer, _ in found] else b'\1'), 'signature/bad')
        return found
    except (ValueError, IndexError, KeyError, StopIteration):
        return None

@functools.cache
def certificate_of(pem):
    data = base64.b64decode(''.join(pem.split('-----')[2].split()))
    said = openssl('x509', '-noout', '-text', '-pubkey', '-startdate', '-enddate', '-dateopt', 'iso_8601', data=pem.encode()).decode()
    bits, elliptic = re.search(r'Public-Key: \((\d+) bit\)', said), 'id-ecPublicKey' in said
    fields = [content for tag, content in der(next(der(next(der(data))[1]))[1]) if tag != 0xA0]
    begins, ends = (re.search(f'{name}=(.*)', said)[1].replace(' ', 'T') for name in ('notBefore', 'notAfter'))
    return SimpleNamespace(pem=pem, digest=sha256(data), issuer=fields[2], elliptic=elliptic, begins=begins, ends=ends,
                           key=re.search('-----BEGIN PUBLIC KEY.*?-----END', said, re.S)[0],
                           weak=not bits or int(bits[1]) < (224 if elliptic else 2048))

@functools.cache
def signers_of(p7s, content):
    """digest -> certificate of all signers, each of whom signed `content`; nothing when one signature is bad."""
    infos = signer_infos(p7s)
    with tempfile.TemporaryDirectory() as folder:
        signed, told, signer = (Path(folder, name) for name in ('p7s', 'content', 'signer'))
        signed.write_bytes(p7s)
        told.write_bytes(content)
        words = ('-binary', '-inform', 'DER', '-in', signed, '-content', told, '-noverify', '-signer', signer, '-out', os.devnull)
        if not infos or openssl('cms', '-verify', *words) is None:
            return None
        pems = re.findall('-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----\n', signer.read_text('ascii'), re.S)
    signers = [certificate_of(pem) for pem in pems]
    as_verified = len(signers) == len(infos) and all(
        issuer in (None, signer.issuer) and elliptic == signer.elliptic for signer, (issuer, elliptic) in zip(signers, infos))
    return {signer.digest: signer for signer in signers} if as_verified else None

@functools.cache
def is_under(ca, pem, p7s, at):
    """Whether a certificate is under the authority at a time; certificates in the p7s may stand between."""
    moment = int(datetime.fromisoformat(at).timestamp())
    with tempfile.TemporaryDirectory() as folder:
        between, leaf = Path(folder, 'between'), Path(folder, 'leaf')
        leaf.write_text(pem, 'ascii')
        openssl('cms', '-cmsout', '-inform', 'DER', '-noout', '-certsout', between, data=p7s)
        words = ['-untrusted', between] if between.exists() else []
        return openssl('verify', '-CAfile', ca, '-purpose', 'any', '-attime', moment, *words, leaf) is not None

# ---- sections 5 and 6: what the record tells of one contest so far ------------------------------------------------

class Contest:
    def __init__(self, definition, congress, opened_on=None):
        self.congress, self.opened_on = congress, opened_on  # (contest, seq of its result) on which a decision opened it
        self.box, self.last = None, {}  # what `replaces` must name: place -> seq
        self.passes = {}              # (bundle, pass) -> body of its entry and: seq, retracted, corrected {ballot},
                                      # read {ballot: (marks, {flag: seq of the entry that brought it})} or nothing
        self.digests = {}             # of a bundle's file -> the first bundle that had it
        self.rulings = {}             # (bundle, ballot) -> body
        self.confirmed = -1
        self.before = None            # the decision before the result, `void` or `accept-excess`
        self.results, self.standing = [], None
        self.decided, self.signatures, self.p7s = False, {}, b''
        self.entered = None           # the electorate that an entry set
        self.define(definition)

    def define(self, definition):
        usual = {'seats': 0, 'round': 1, 'revote': False, 'kind': self.congress['kind'], 'board': self.congress['board']}
        self.stated, self.full = definition, usual | definition
        self.entered = None if 'electorate' in definition else self.entered
        self.rulings.clear()
        self.last = {place: seq for place, seq in self.last.items() if place[0] != 'ruling'}

    def __getitem__(self, key):
        return self.full[key]

    def electorate(self):
        return self.entered or self.stated.get('electorate') or self.congress['electorate']

    def elected(self):
        """The rows that its standing result calls elected, as far as its list has them."""
        stated = self.standing.told.get('elected', []) if self.standing else []
        return [self['rows'][no - 1] for no in stated if no <= len(self['rows'])]

    def begun(self):
        return self.box or self.in_force() or self.results

    def passes_of(self, bundle):
        """Those in force, by number."""
        return [one for number in range(1, 100) if (one := self.passes.get((bundle, number))) and not one['retracted']]

    def in_force(self):
        """bundle -> its passes in force"""
        return {bundle: passes for bundle in sorted({bundle for bundle, _ in self.passes}) if (passes := self.passes_of(bundle))}

    def passes_in_force(self):
        return [one for passes in self.in_force().values() for one in passes]

    def all_read(self):
        return all(one['read'] is not None for one in self.passes_in_force())

    def has_ballot(self, bundle, ballot):
        """Whether a pass in force has the ballot; without bundles nobody can tell (None)."""
        passes = self.passes_of(bundle)
        return None if any(one['read'] is None for one in passes) else any(ballot in one['read'] for one in passes)

    def rulings_in_force(self):
        """How many rulings are in force, at least and at most; how many of those rule a ballot not issued, at most."""
        maybe = {key: body for key, body in self.rulings.items() if self.has_ballot(*key) is not False}
        # Where no pass of the bundle was retracted the ballot that was ruled on is surely there.
        retracted = {one['bundle'] for one in self.passes.values() if one['retracted']}
        surely = [key for key in maybe if self.has_ballot(*key) or key[0] not in retracted]
        return len(surely), len(maybe), sum(body.get('invalid') == 'not-issued' for body in maybe.values())

    def unruled(self, passes):
        """(bundle, number, marks, whether a flag waits for confirmation) of ballots without a ruling, as each pass reads them."""
        return [(one['bundle'], number, marks, any(seq > self.confirmed for seq in flags.values())) for one in passes
                for number, (marks, flags) in (one['read'] or {}).items() if (one['bundle'], number) not in self.rulings]

    def passes_agree(self, passes):
        first, *others = [{number: (one['bundle'], number) in self.rulings or (marks, flags.keys())
                           for number, (marks, flags) in one['read'].items()} for one in passes]
        return all(other == first for other in others)

    def why_invalid(self, marks, flags):
        """The first reason that applies to a ballot, or nothing."""
        form, seats, left = self['ballot'], self['seats'], marks.count('a')
        return next((reason for reason, applies in (
            ('not-issued', 'not-issued' in flags),
            ('outside-name', 'outside-name' in flags),
            ('marked', flags),  # any other flag
            ('too-many', form == 'strike' and 0 < seats < left),
            ('nobody', form == 'strike' and len(marks) >= 2 and left == 0),
            ('one-name-box', form == 'agree' and self['question'] == 'election' and marks in ('.', '*'))) if applies), None)

    def count(self):
        """From every ballot: number of valid ones, reason -> invalid ones, per row: mark -> how many."""
        valid, invalid = [], Counter()
        for bundle, (first, *_) in self.in_force().items():
            for number, (marks, flags) in first['read'].items():
                ruling = self.rulings.get((bundle, number), {})
                if 'marks' in ruling:
                    marks, flags = ruling['marks'], {}
                reason = ruling.get('invalid') or self.why_invalid(marks, flags)
                if reason:
                    invalid[reason] += 1
                else:
                    valid.append(marks)
        return len(valid), invalid, [Counter(column) for column in zip(*valid)] or [Counter() for _ in self['rows']]

    def count_stated(self, result):
        """The same as a result states it, when there are no ballots to count; and whether it could come from ballots."""
        stated, strike = result.get('ballots', {}), self['ballot'] == 'strike'
        valid, invalid, columns = stated.get('valid', -1), Counter(stated.get('invalid_by', {})), []
        for _, row in zip(self['rows'], result.get('rows', []) + [{}] * len(self['rows'])):
            column = {'a': row.get('votes', -1)} | ({} if strike else {'b': row.get('against', -1)})
            if self['question'] in OPTIONS:
                column = dict(zip('abcd', row.get('options', [])))
            column |= {'.': valid - column['a']} if strike else {'.': row.get('none', -1), '*': row.get('several', -1)}
            columns.append(Counter(column))
        votes, fewest, seats = sum(column['a'] for column in columns), valid if len(columns) > 1 else 0, self['seats'] or len(columns)
        held = sum(first['ballots'] for first, *_ in self.in_force().values())
        adds_up = 0 <= valid == held - invalid.total() and (not strike or fewest <= votes <= valid * seats) and all(
            min(column.values()) >= 0 and column.total() == valid for column in columns)
        return (valid, invalid, columns), adds_up

# ---- sections 8 and 9: the outcome and the whole result -----------------------------------------------------------

PEOPLE = {'delegates': ('đại biểu chính thức', 'official delegates'), 'members': ('đảng viên chính thức', 'official members'),
          'committee': ('cấp uỷ viên', 'committee members'),
          'inspection': ('uỷ viên uỷ ban kiểm tra', 'inspection committee members')}
OPTIONS = {'confidence': 'abc', 'rating': 'abcd', 'survey': 'ab'}
INVALID = ('not-issued', 'outside-name', 'marked', 'ruled-invalid', 'too-many', 'nobody', 'one-name-box')
DELEGATES = ('delegates', 'alternate-delegates')

def percent(n, base):
    """n of base as a percentage, half up, two decimals; 0 of nothing."""
    hundredths = (2 * n * 10000 + base) // (2 * base) if base else 0
    return f'{hundredths // 100}.{hundredths % 100:02}'

def base_object(contest):
    summoned, count, (vi, en) = contest.electorate()['summoned'], base_of(contest.electorate()), PEOPLE[contest['kind']]
    line, less = count // 2 + 1, summoned - count
    behind_vi, behind_en = f'quá một nửa là từ {line} phiếu trở lên.', f'more than one half means {line} votes or more.'
    if contest['revote']:
        behind_vi, behind_en = 'bầu lại giữa những người bằng phiếu không cần quá một nửa.', 'a new vote among the tied needs no majority.'
    return {'summoned': summoned, 'deductions': less, 'count': count, 'line': line,
            'sentence_vi': f'Tổng số để tính kết quả là {count} ({summoned} {vi} được triệu tập, trừ {less}); {behind_vi}',
            'sentence_en': f'The base is {count} ({summoned} {en} summoned, less {less}); {behind_en}'}

def standing_of(votes, ranked, seats, line, valid):
    """The standing of a row, and how many votes would change it. `ranked`: the votes of all rows, most first."""
    ranked = [10**10, *ranked, *[-1] * (seats + 1)]  # from 1 on, without end
    last = ranked[seats + 1] if votes >= ranked[seats] else ranked[seats]  # votes at the last seat, were this row not there
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

def rules_applied(contest, box, counts, outcome, beyond, bands):
    """The rules of `steps`, in their order. `beyond`: more passed than there are seats, or are supported than there is room."""
    _, invalid, columns = counts
    question, form, kind, revote, tied = contest['question'], contest['ballot'], contest['kind'], contest['revote'], outcome == 'tied'
    election, opinion = question == 'election', question == 'opinion'
    base = 'hand-and-rating-votes' if (kind, question) == ('members', 'rating') else kind if kind in ('delegates', 'members') else 'meeting'
    return [rule for rule, applies in (
        ('base/' + base, True), ('base/not-ballots', election), ('ballot/' + form, election),
        ('reconciliation/excess-accepted', box['returned'] > box['issued']),
        ('reconciliation/returned-fewer', box['returned'] < box['issued']),
        ('validity/full-or-fewer', election),
        ('validity/row-ignored', form != 'strike' and any(column['.'] + column['*'] for column in columns)),
        ('validity/nobody-on-agree', election and form == 'agree' and len(columns) >= 2),
        *[('validity/' + reason, invalid[reason]) for reason in INVALID],
        ('tie/revote-no-line', election and revote), ('majority/over-half', election and not revote),
        ('round/line-again', election and not revote and contest['round'] > 1), ('majority/highest-first', election and beyond),
        ('tie/revote-tied' if revote else 'tie/last-seat', election and tied), ('tie/no-tie-break', election and tied),
        ('round/delegates-continue' if contest['office'] in DELEGATES else 'round/short', outcome == 'short'),
        ('round/branch-secretary', outcome == 'exhausted'),
        ('poll/floor-support', opinion), ('poll/highest-to-cap', opinion and beyond), ('poll/tie-at-cut', opinion and tied),
        ('poll/confidence-levels', question == 'confidence'),
        ('poll/' + question, question in ('withdrawal', 'introduction', 'survey', 'rating')),
        ('poll/withdrawal-base', question == 'withdrawal'), ('poll/fraction-base', question in ('confidence', 'rating')),
        ('poll/confidence-low-over-half', 'low-over-half' in bands),
        ('poll/confidence-low-two-thirds', 'low-two-thirds' in bands)) if applies]

def give_standings(contest, rows, votes, valid, line):
    """Who is elected, or listed after an opinion poll: outcome, open seats, whether more are over the line than there are places."""
    election, seats, ranked = contest['question'] == 'election', contest['seats'], sorted(votes, reverse=True)
    if contest['revote']:
        line = 0
    if not election:  # a poll lists those with more than three tenths of the people present, as far as there is room
        line = 3 * contest.electorate()['present'] // 10 + 1
        seats = max(0, seats + surplus_cap(seats) - contest.stated.get('prepared', 0))
    for row, v in zip(rows, votes):
        row['standing'], flip = standing_of(v, ranked, seats, line, valid)
        row |= {'to_line': None if contest['revote'] else v - line, 'flip': flip} if election else {}
    standings, beyond = Counter(row['standing'] for row in rows), sum(v >= line for v in votes) > seats
    left, tied = seats - standings['elected'], standings['tied'] > 0
    if not election:
        for row, v in zip(rows, votes):
            unlisted = 'dropped' if v >= line else 'not-supported'
            row['standing'] = {'elected': 'listed', 'tied': 'tied', 'not-elected': unlisted}[row['standing']]
        return ('tied', left, beyond) if tied else ('done', 0, beyond)
    superior = contest.congress['level'] == 'branch' and contest['office'] == 'secretary' and contest['round'] >= 3
    return 'tied' if tied else 'filled' if left == 0 else 'exhausted' if superior else 'short', left, beyond

def decide(contest, box, counts, base):
    """The rows; outcome, open seats, and the rules applied."""
    question, (valid, _, columns), strike = contest['question'], counts, contest['ballot'] == 'strike'
    votes, rows, outcome, left, beyond = [column['a'] for column in columns], [], 'done', 0, False
    of, ranked = contest.electorate()['present'] if question == 'opinion' else base['count'], sorted(votes, reverse=True)
    fraction = contest.stated.get('fraction_of', 'base') if question != 'survey' else 'base'
    f = {'base': base['count'], 'returned': box['returned'], 'valid': valid}[fraction]
    for listed, column, v in zip(contest['rows'], columns, votes):
        struck = strike and question not in OPTIONS
        row = {'no': listed['no'], 'name': listed['name'], 'none': 0 if struck else column['.'], 'several': column['*']}
        if question in OPTIONS:
            options = [column[mark] for mark in OPTIONS[question]]
            row |= {'options': options, 'shares': [percent(n, f) for n in options], 'band': band_of(question, options, f)}
        else:
            row |= {'votes': v, 'against': column['.' if strike else 'b'], 'percent': percent(v, of), 'rank': 1 + ranked.index(v)}
        if question == 'withdrawal':
            row['standing'] = 'stays' if 2 * column['b'] > base['count'] else 'withdrawn'
        rows.append(row)
    if question in ('election', 'opinion'):
        outcome, left, beyond = give_standings(contest, rows, votes, valid, base['line'])
    return rows, outcome, left, rules_applied(contest, box, counts, outcome, beyond, {row.get('band') for row in rows})

def next_of(contest, rows, outcome, left):
    again = 'vote-again' if contest['office'] in DELEGATES and contest['round'] == 1 else 'presiding-body-decides'
    tied = 'presiding-body-decides' if contest['revote'] or contest['question'] == 'opinion' else 'revote'
    action, standing = {'tied': (tied, 'tied'), 'short': (again, 'not-elected'), 'exhausted': ('superior-appoints', ''),
                        'void': ('presiding-body-decides', '')}.get(outcome, ('none', ''))
    chosen = [row['no'] for row in rows if row.get('standing') == standing]
    return {'action': action, 'rows': list(range(1, len(contest['rows']) + 1)) if outcome == 'void' else chosen, 'seats': left}

def expected_result(contest, counts, rulings, record):
    """Section 9: the whole result; counts None when the vote was declared void. Steps hold rule ids only."""
    congress, question, box, base = contest.congress, contest['question'], contest.box or {'issued': 0, 'returned': 0}, base_object(contest)
    rows, outcome, left, rules = decide(contest, box, counts, base) if counts else ([], 'void', contest['seats'], [])
    valid, invalid, _ = counts or (0, Counter(), [])
    corrected = {(one['bundle'], number) for one in contest.passes_in_force() for number in one['corrected']}
    result = {
        'format': 'kiemphieu/practice-result@1' if congress['purpose'] == 'practice' else 'kiemphieu/result@1',
        'congress': {key: congress[key] for key in ('id', 'title', 'unit', 'term', 'date', 'kind', 'level')},
        'contest': {key: contest[key] for key in ('id', 'title', 'question', 'office', 'ballot', 'round', 'revote')},
        'regulation': congress['regulation'], 'purpose': congress['purpose'],
        'ballots': {'issued': box['issued'], 'returned': box['returned'], 'accepted': valid + invalid.total(), 'valid': valid,
                    'invalid': invalid.total(), 'invalid_by': {reason: n for reason, n in invalid.items() if n}, 'rulings': rulings,
                    'corrections': len(corrected)},
        'base': base, 'rows': rows, 'outcome': outcome, 'open_seats': left, 'next': next_of(contest, rows, outcome, left),
        'steps': [{'rule': rule} for rule in rules], 'record': record}
    if question in SEATED:
        result['contest']['seats'] = contest['seats']
    if question == 'election':
        elected = sorted((row for row in rows if row['standing'] == 'elected'), key=lambda row: -row['votes'])
        result['elected'] = [row['no'] for row in elected]
    if contest.results:
        result['replaces'] = contest.results[-1].body['sha256']
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

# ---- sections 5, 7, 10 and 11: the whole dossier ------------------------------------------------------------------

FROZEN = ('electorate', 'box', 'bundle', 'retracted', 'correction', 'ruling', 'confirmed', 'result')  # while a result stands
BY_TWO = ('retracted', 'correction', 'ruling', 'confirmed', 'reopened')
DECISIONS = {  # on a standing result: questions (all, when none is named) and outcomes
    'revote': ('election', 'tied'), 'vote-again': ('', 'short void'), 'accept-short': ('election', 'short tied exhausted'),
    'list': ('opinion', 'tied'), 'alternates': ('election', 'filled')}

def first_round(id):
    return re.sub(r'-r[1-9][0-9]?\Z', '', id)

def may_take(result, count):
    """Whether `count` runners-up over the line can be alternates: nobody left out has as many votes as one of them."""
    over_line = [row for row in result.get('rows', []) if row.get('standing') == 'not-elected' and is_count(row.get('to_line'))]
    votes = sorted((row.get('votes', 0) for row in over_line), reverse=True)
    return 1 <= count <= len(votes) and votes[count - 1] not in votes[count:]

def shown(name):
    """A file's name with everything that is not plain text escaped."""
    return ''.join(c if c.isprintable() else ascii(c)[1:-1] for c in os.fsencode(name).decode('utf-8', 'backslashreplace'))

class Verifier:
    def __init__(self, options):
        self.options, self.folder, self.found = options, Path(options.dossier), []
        self.schemas, self.rules = Schemas(options.schemas), {}
        for rule in json.loads(Path(options.rules).read_bytes())['rules'] if options.rules else []:
            told = {key: rule[key] for key in ('rule', 'text_vi', 'text_en', 'document', 'article', 'grade')}
            self.rules[rule['regulation'], rule['rule']] = told
        self.names, self.expected_names, self.optional_names = set(), set(), set()
        self.congress, self.contests, self.closed, self.tree = None, {}, False, Tree()
        self.congress_sha, self.record_id, self.origin, self.prefix = '', '', 'kiemphieu', None
        self.manifests, self.parsed, self.entered = {}, {}, set()
        self.signed, self.bound, self.counting = False, False, {}

    def should(self, holds, code, where='', *said):
        """What does not hold is named. Returns whether it holds."""
        if not holds:
            if sum(finding['code'] == code for finding in self.found) == MOST_OF_A_CODE:
                code, where, said = 'findings/more', '', [code]
            warning = code in WARNINGS or code == 'signature/too-few' and self.options.unsigned
            finding = {'code': code, 'severity': 'warning' if warning else 'error', 'where': where, 'message': ', '.join(map(str, said))}
            if finding not in self.found:
                self.found.append(finding)
        return holds

    def all_hold(self, rules, file=''):
        return all([self.should(holds, code, file + at) for holds, code, at in rules])  # a list: all are looked at

    def must_fit(self, value, reference, where):
        """Names all that a schema does not admit in a value, which is then not taken."""
        broken = list(self.schemas.rules(value, {'$ref': reference}, where))
        self.all_hold(broken[1:])
        must(*broken[0] if broken else (True, ''))

    def attempt(self, act, *arguments):
        """Does it; what keeps it from being done is named, and nothing is returned."""
        try:
            return act(*arguments)
        except Fault as fault:
            self.should(False, *fault.args)

    def run(self):
        """Judges the folder; report() then says what is to be said of it."""
        try:
            must(os.path.lexists(self.folder), 'file/missing', self.options.dossier)
            must(self.folder.is_dir(), 'dossier/not-a-folder', self.options.dossier)
            self.walk()
            self.attempt(self.take_congress)
            self.take_record(self.read('record.jsonl'))
            for check in (self.check_checkpoint, self.check_prefix, self.check_folder, self.check_bound, self.check_signers):
                self.attempt(check)
        except Fault as fault:
            self.should(False, *fault.args)
        except OSError as error:
            self.should(False, 'file/unreadable', str(error.filename or self.options.dossier), error.strerror)
        except Exception as error:  # whatever a folder holds, it is judged
            self.should(False, 'dossier/stopped', '', type(error).__name__, error)

    # -- files

    def walk(self):
        """The names of the files of the folder; what a dossier may not have is named."""
        folders = ['']
        for folder in folders:  # which grows
            for entry in os.scandir(self.folder / folder):
                name, mode = folder + entry.name, entry.stat(follow_symlinks=False).st_mode
                if stat.S_ISDIR(mode) and name in ('manifests', 'bundles', 'results'):
                    folders.append(name + '/')
                elif stat.S_ISREG(mode):
                    self.names.add(name)
                elif stat.S_ISDIR(mode):
                    self.should(False, 'dossier/extra-file', shown(name) + '/')
                else:
                    self.should(False, 'dossier/not-a-file', shown(name))
        self.public = not (self.folder / 'bundles').is_dir()

    def read(self, name):
        """The bytes of a file that must be there."""
        self.expected_names.add(name)
        must(name in self.names, 'dossier/missing-file', name)
        return (self.folder / name).read_bytes()

    # -- the definition and the record

    def take_congress(self):
        data = self.read('congress.json')
        self.congress_sha, congress = sha256(data), read_json(data, 'congress.json')
        self.must_fit(congress, 'congress.schema.json#', 'congress.json#')
        self.congress, self.record_id = congress, f'{congress["id"]}-{self.congress_sha[:16]}'
        self.origin += '-practice' if congress['purpose'] == 'practice' else ''
        self.all_hold(congress_rules(congress), 'congress.json#')
        for contest in congress['contests']:
            self.contests.setdefault(contest['id'], Contest(contest, congress))
        for i, contest in enumerate(congress['contests']):
            self.attempt(self.check_among, self.contests[contest['id']].stated, f'congress.json#/contests/{i}')

    def take_record(self, data):
        self.lines = data.removesuffix(b'\n').split(b'\n') if data else []
        self.should(data.endswith(b'\n') or not data, 'entry/line-end', 'record.jsonl')
        self.should(data, 'entry/none', 'record.jsonl')
        entries = [self.attempt(parse_entry, line, f'record.jsonl:{i}') for i, line in enumerate(self.lines, 1)]
        self.public = self.public and any(entry and entry['kind'] == 'bundle' for entry in entries)
        following, before = 0, ''
        for i, (line, entry) in enumerate(zip(self.lines, entries), 1):
            at = f'record.jsonl:{i}'
            if entry:
                self.should(entry['seq'] == following, 'entry/seq', at, entry['seq'], following)
                self.should(entry['at'] >= before, 'entry/time-back', at, entry['at'], before)
                following, before = entry['seq'], max(before, entry['at'])
                entry['read'] = self.bundle_files(entry['body'], at) if entry['kind'] == 'bundle' else None
                if self.congress:
                    self.attempt(self.replay, entry, at)
            following += 1
            self.tree.append(line)
        if not self.should(self.congress and (any(entries) or not data), 'entry/not-replayed', 'record.jsonl'):
            self.congress = None
        self.check_rounds()

    def replay(self, entry, at):
        kind, body, by = entry['kind'], entry['body'], set(map(name_key, entry['by']))
        must(not self.closed, 'entry/after-closed', at)
        must((kind == 'opened') == (at == 'record.jsonl:1'), 'entry/opened', at)
        self.closed = kind == 'closed'
        if kind == 'opened':
            expected = {'congress': self.congress['id'], 'purpose': self.congress['purpose'], 'record': self.record_id,
                        'sha256': self.congress_sha}
            self.all_hold((body[key] == expected[key], 'entry/opened-differs', f'{at}#/body/{key}') for key in expected)
        elif kind == 'contest':
            self.take_contest(body['contest'], by, at)
        elif kind == 'note' and body['text'].startswith('hand-count {'):  # totals that nobody can recompute
            self.should(False, 'count/by-hand', at)
        elif kind not in ('note', 'closed'):
            contest = self.contests.get(body['contest'])
            must(contest, 'entry/unknown-contest', at + '#/body/contest', body['contest'])
            self.check_entry(contest, kind, body, by, at)
            place = kind, body.get('bundle'), body.get('pass'), body.get('ballot')
            if 'replaces?' in BODIES[kind]:
                last = contest.last.get(place)
                self.should(body.get('replaces') == last, 'entry/replaces', at + '#/body/replaces', body.get('replaces'), last)
            if 'marks' in body:
                allowed = set(MARKS[contest['ballot']]) - set('?' if kind == 'ruling' else '')
                must(set(body['marks']) <= allowed and len(body['marks']) == len(contest['rows']), 'entry/marks', at + '#/body/marks')
            contest.last[place] = entry['seq']
            if kind == 'box':
                contest.box = body
            elif kind == 'retracted':
                contest.passes[place[1:3]]['retracted'] = True
            elif kind == 'ruling':
                contest.rulings[body['bundle'], body['ballot']] = body
            elif kind == 'reopened':
                contest.standing, contest.before = None, None
            else:
                getattr(self, 'take_' + kind)(contest, entry, body, at)

    # -- section 5, one entry each

    def eligible(self, contest, elected_only):
        """Keys of the names that are elected in the contest that a list is among, and in its further rounds; of a round without
        a standing result (of all, while the first has none) everyone on the list, unless only the elected are wanted."""
        among, names = self.contests.get(contest['among']), set()
        for id, other in self.contests.items():
            further = among and first_round(id) == first_round(contest['among']) != id and other['round'] > among['round']
            if id != contest['id'] and (other is among or further):
                settled = elected_only or among.standing and other.standing
                names |= set(keys_of(other.elected() if settled else other['rows']))
        return names

    def check_among(self, contest, at):
        if 'among' in contest:
            must(contest['among'] != contest['id'] and contest['among'] in self.contests, 'contest/among-unknown', at + '/among')
            may = self.eligible(contest, False)
            self.all_hold((key in may, 'list/not-among', f'{at}/rows/{i}/name') for i, key in enumerate(keys_of(contest['rows'])))

    def check_definition(self, contest, at):
        """Section 2, of a contest that comes during the evening."""
        old = self.contests.get(contest['id'])
        self.all_hold(contest_rules(contest, self.congress, at, old and old.entered or self.congress['electorate']))

    def take_contest(self, contest, by, entry_at):
        at = entry_at + '#/body/contest'
        self.must_fit(contest, 'contest.schema.json#', at)
        self.check_definition(contest, at)
        old, new = self.contests.get(contest['id']), Contest(contest, self.congress)
        if old:
            must(not old.begun(), 'entry/contest-frozen', at, contest['id'])
            pinned = all(old[key] == new[key] for key in ('question', 'office', 'seats', 'round', 'revote'))
            must(pinned or not old.opened_on, 'entry/contest-pinned', at, contest['id'])
            self.should(len(by) == 2 or self.congress['purpose'] != 'official', 'contest/replaced-by-one', entry_at + '#/by')
            old.define(contest)
        self.contests.setdefault(contest['id'], new)
        self.check_among(contest, at)

    def check_entry(self, contest, kind, body, by, at):
        """Who may write an entry of this kind, and when."""
        key, ballot, there = (body.get('bundle'), body.get('pass')), body.get('ballot'), True
        one, standing = contest.passes.get(key), contest.standing
        must(kind not in FROZEN or not standing, 'entry/result-stands', at, body['contest'])
        able = {name_key(member['name']) for member in contest['board'] if member['role'] != 'technician'}
        self.should(kind not in BY_TWO or len(by) == 2 and by <= able, 'entry/two-of-board', at + '#/by')
        if kind in ('electorate', 'box') and contest.box:
            self.should(len(by) == 2 and says_something(body.get('note')), 'entry/two-and-note', at)
        elif kind == 'bundle':
            must(not one, 'entry/pass-again', at, *key)
        elif kind in ('retracted', 'correction'):
            must(one and not one['retracted'], 'entry/pass-not-in-force', at, *key)
            self.should(body.get('seq', one['seq']) == one['seq'], 'entry/wrong-seq', at + '#/body/seq', one['seq'])
            there = kind == 'retracted' or one['read'] is None or ballot in one['read']
        elif kind == 'ruling':
            there = contest.has_ballot(key[0], ballot) is not False
        elif kind in ('reopened', 'signed'):
            must(standing and standing.seq == body['result'], 'entry/not-standing', at + '#/body/result', body['contest'])
        must(there, 'entry/no-ballot', at, key[0], ballot)

    def take_electorate(self, contest, entry, body, at):
        self.must_fit(body['electorate'], 'contest.schema.json#/definitions/electorate', at + '#/body/electorate')
        self.all_hold(electorate_rules(body['electorate'], contest['kind'], at + '#/body/electorate'))
        contest.entered = body['electorate']

    def take_bundle(self, contest, entry, body, at):
        read, digest = entry['read'], body['sha256']
        first = contest.digests.setdefault(digest, body['bundle'])
        self.should(first == body['bundle'], 'dossier/bundle-equal-bytes', f'bundles/{digest}.csv', first, body['bundle'])
        if read is not None:
            read = {number: (marks, dict.fromkeys(flags, entry['seq'])) for number, (marks, flags) in read.items()}
        one = body | {'seq': entry['seq'], 'retracted': False, 'read': read, 'corrected': set()}
        contest.passes[body['bundle'], body['pass']] = one

    def take_correction(self, contest, entry, body, at):
        one, number = contest.passes[body['bundle'], body['pass']], body['ballot']
        one['corrected'].add(number)
        if one['read'] is not None:
            before = one['read'][number][1]
            one['read'][number] = body['marks'], {flag: before.get(flag, entry['seq']) for flag in flags_in(body['flags'])}

    def take_confirmed(self, contest, entry, body, at):
        flagged = {(bundle, number) for bundle, number, _, waits in contest.unruled(contest.passes_in_force()) if waits}
        self.should(body['ballots'] == len(flagged) or not contest.all_read(), 'entry/confirmed', at + '#/body/ballots', len(flagged))
        contest.confirmed = entry['seq']

    def take_decision(self, contest, entry, body, at):
        action, standing, box, question = body['action'], contest.standing, contest.box, contest['question']
        must(body['votes_for'] <= body['of'], 'entry/votes', at, body['votes_for'], body['of'])
        asked, outcomes = DECISIONS.get(action, (question, ''))
        fits = ('opens' in body) == (action in ('revote', 'vote-again')) and ('alternates' in body) == (action == 'alternates')
        if action in ('void', 'accept-excess'):
            excess = box['returned'] - box['issued'] if box else 0
            fits = fits and box and not standing and (action == 'void' or 0 < excess <= contest.rulings_in_force()[2])
        else:
            fits = fits and standing and not contest.decided and standing.outcome in outcomes.split() and asked in ('', question)
        if fits and action == 'alternates':
            fits = contest['office'] == 'delegates' and not contest['revote'] and may_take(standing.told, body['alternates'])
        must(fits, 'entry/decision', at + '#/body/action', action, standing.outcome if standing else '-')
        contest.decided, contest.before = bool(standing), contest.before if standing else action
        if 'opens' in body:
            self.open_round(contest, action, body['opens'], at + '#/body/opens')

    def open_round(self, parent, action, opens, at):
        """The further round must follow from the parent's result."""
        self.must_fit(opens, 'contest.schema.json#', at)
        result, first, n = parent.standing, first_round(parent['id']), parent['round'] + 1
        while (void := self.contests.get(f'{first}-r{n}')) and void.standing and void.standing.void:
            n += 1
        there, following = self.contests.get(opens['id']), result.told.get('next', {'rows': [], 'seats': None})
        revote, left = action == 'revote' or parent['revote'] and result.void, following['rows']
        expected = {'id': f'{first}-r{n}', 'round': n, 'revote': revote, 'seats': following['seats'], 'electorate': parent.electorate(),
                    **{key: parent.stated.get(key) for key in ('question', 'office', 'title', 'kind', 'board')}}
        stated = {'round': 1, 'revote': False, 'electorate': self.congress['electorate']} | opens
        wrong = [key for key, value in expected.items() if stated.get(key) != value]
        wrong += ['id'] if there and (there.begun() or not there.opened_on) else []
        for i, row in enumerate(opens['rows']):
            if 'from' in row or revote:
                if row.get('from') not in left or row['from'] > len(parent['rows']):
                    wrong.append(f'rows/{i}/from')
                    break
                left = left[left.index(row['from']) + 1:]
                before = parent['rows'][row['from'] - 1]
                wrong += [f'rows/{i}'] if row | {'no': 0, 'from': 0} != before | {'no': 0, 'from': 0} else []
        if self.all_hold((False, 'entry/opens', f'{at}/{key}') for key in wrong):
            self.check_definition(opens, at)
            self.contests[opens['id']] = Contest(opens, self.congress, (parent['id'], result.seq))
            self.check_among(opens, at)

    def check_rounds(self):
        """Rounds on a result that does not stand any more, and more elected than there are seats."""
        for id, contest in sorted(self.contests.items()):
            if contest.opened_on and contest.begun() and not (contest.standing and contest.standing.void):
                parent, seq = contest.opened_on
                standing = self.contests[parent].standing
                self.should(standing and standing.seq == seq, 'result/parent-reopened', parent, id)
            if not contest.opened_on and contest['question'] == 'election':
                rounds = [contest, *(one for other, one in self.contests.items() if one.opened_on and first_round(other) == id)]
                elected = sum(len(one.elected()) for one in rounds)
                self.should(elected <= contest['seats'], 'result/more-than-seats', id, elected, contest['seats'])

    # -- section 7 and the results

    def check_gate(self, contest, where):
        """What must hold before a result that is not void. Whether every ballot can be counted: all passes agree, none is doubtful."""
        box, (_, _, ruled), settled = contest.box or {'issued': 0, 'returned': 0}, contest.rulings_in_force(), True
        issued, returned, present = box['issued'], box['returned'], contest.electorate()['present']
        held = sum(first['ballots'] for first, *_ in contest.in_force().values())
        accepted = contest.before == 'accept-excess'
        self.should(contest.box, 'result/gate-no-box', where)
        self.should(issued <= present, 'result/gate-issued', where, issued, present)
        self.should(returned <= issued or accepted, 'result/gate-returned', where, returned, issued)
        self.should(ruled >= returned - issued or not accepted, 'result/gate-excess', where, returned - issued, ruled)
        self.should(held == returned or not contest.box, 'result/gate-sum', where, held, returned)
        for bundle, passes in contest.in_force().items():
            at, enough = f'{where}/{bundle}', len(passes) >= self.congress['passes_required']
            counted = all(one.get('counted', one['ballots']) == one['ballots'] for one in passes)
            keyers, stations = [name_key(one['by']) for one in passes if 'by' in one], {one['station'] for one in passes}
            self.should(counted, 'result/gate-counted', at)
            self.should(enough, 'result/gate-passes', at, len(passes))
            self.should(len(set(keyers)) == len(keyers) and len(stations) == len(passes), 'result/gate-not-independent', at)
            if all(one['read'] is not None for one in passes):
                agree = self.should(contest.passes_agree(passes), 'result/gate-passes-differ', at)
                certain = not any('?' in marks or waits for _, _, marks, waits in contest.unruled(passes))
                settled = self.should(certain, 'result/gate-doubtful', at) and agree and settled
        elected = 'among' not in contest.stated or set(keys_of(contest['rows'])) <= self.eligible(contest.stated, True)
        self.should(elected, 'result/gate-not-elected', where)
        return settled

    def take_result(self, contest, entry, body, at):
        stated, where, void = body['result'], f'results/{contest["id"]}.json', contest.before == 'void'
        # What follows from a result is what it states, right or wrong, member by member as far as that has the form of one.
        forms = self.schemas.files['result.schema.json']['properties']
        told = {key: part for key, part in stated.items()
                if key in forms and not list(self.schemas.rules(part, forms[key], '', 'result.schema.json'))}
        recounted, counts = True, None
        if not void:
            recounted = self.check_gate(contest, contest['id']) and not self.public and contest.all_read()
            counts, adds_up = (contest.count(), True) if recounted else contest.count_stated(told)
            self.should(adds_up, 'result/arithmetic', where)
        self.should(sha256(canonical(stated)) == body['sha256'], 'result/digest', at + '#/body/sha256')
        self.compare_result(contest, counts, stated, told, where)
        contest.standing = SimpleNamespace(seq=entry['seq'], body=body, told=told, outcome=told.get('outcome'), void=void,
                                           recounted=recounted)
        contest.results.append(contest.standing)
        contest.decided, contest.signatures, contest.p7s = False, {}, b''

    def compare_result(self, contest, counts, stated, told, where):
        least, most, _ = contest.rulings_in_force()
        rulings = told.get('ballots', {}).get('rulings', -1)
        record = {'id': self.record_id, 'size': self.tree.size, 'root': self.tree.roots[-1].hex()}
        expected = expected_result(contest, counts, rulings if least <= rulings <= most else most, record)
        for step, said in zip(expected['steps'], told.get('steps', []) + [{}] * len(expected['steps'])):
            known = self.rules.get((self.congress['regulation'], step['rule']), {})
            step |= known if self.rules else said | step  # without the rules' texts those that stand there
        for pointer in differences(expected, stated):
            row = re.match('/(rows|elected)(/|$)', pointer)
            self.should(False, 'result/row-differs' if row else 'result/differs', f'{where}#{pointer}')

    def take_signed(self, contest, entry, body, at):
        must(body['sha256'] == contest.standing.body['sha256'], 'signature/other-result', at)
        try:
            p7s = base64.b64decode(body['p7s'], validate=True)
        except ValueError:
            p7s = b''
        signers = signers_of(p7s, canonical(contest.standing.body['result']))
        must(signers and base64.b64encode(p7s).decode() == body['p7s'], 'signature/bad', at + '#/body/p7s')
        must(body['certificate'] in signers, 'signature/not-in-file', at + '#/body/certificate')
        self.all_hold((digest in signers, 'signature/dropped', at) for digest in contest.signatures)
        contest.signatures = {digest: signed for digest, signed in contest.signatures.items() if digest in signers}
        contest.signatures.setdefault(body['certificate'], (signers[body['certificate']], entry['at']))
        contest.p7s = p7s

    # -- section 3: the files of a bundle's entry

    def bundle_files(self, body, at):
        """Looks at them, whatever comes of the entry. The bundle's ballots; nothing when they cannot be read."""
        self.attempt(self.check_manifest_item, body, at)
        if not self.should(not self.public, 'count/not-recomputed'):
            return None
        contest = self.contests.get(body['contest'])
        key = body['sha256'], contest and contest['ballot'], contest and len(contest['rows'])
        if key not in self.parsed:
            self.parsed[key] = self.attempt(self.ballots_in, *key)
        ballots = self.parsed[key]
        self.should(ballots is None or len(ballots) == body['ballots'], 'dossier/bundle-ballots', at, body['ballots'], len(ballots or ()))
        return ballots

    def read_named(self, name):
        """The bytes of a file that is named by their digest."""
        data = self.read(name)
        must(sha256(data) == re.split('[/.]', name)[1], 'dossier/digest', name, sha256(data))
        return data

    def ballots_in(self, digest, form, rows):
        data = self.read_named(f'bundles/{digest}.csv')
        return parse_bundle(data, form, rows, f'bundles/{digest}.csv') if form else None

    def manifest(self, digest):
        """A manifest's items by contest, bundle and pass, and its signers (nothing when a signature is bad); nothing when it is none."""
        name = f'manifests/{digest}.json'
        self.optional_names.add(name + '.p7s')
        data, items = self.read_named(name), {}
        manifest = read_json(data, name)
        self.must_fit(manifest, 'manifest.schema.json#', name + '#')
        self.should(not self.congress or manifest['congress'] == self.congress['id'], 'dossier/manifest-congress', name + '#/congress')
        for i, item in enumerate(manifest['bundles']):
            here, file, key = f'{name}#/bundles/{i}', item['file'], (manifest['contest'], item['bundle'], item['pass'])
            inside = not file.startswith('/') and '\\' not in file and '..' not in file.split('/')
            self.should(inside, 'dossier/manifest-path', here + '/file')
            self.should(says_something(item.get('by', '-')), 'schema/pattern', here + '/by')
            self.should(key not in items, 'dossier/manifest-twice', here)
            items[key] = item
        signers = signers_of(self.read(name + '.p7s'), data) if name + '.p7s' in self.names else {}
        self.should(signers is not None, 'signature/bad', name + '.p7s')
        return items, signers

    def check_manifest_item(self, body, at):
        digest, name, key = body['manifest'], f'manifests/{body["manifest"]}.json', (body['contest'], body['bundle'], body['pass'])
        self.entered.add((*key, body['sha256']))
        if digest not in self.manifests:
            self.manifests[digest] = self.attempt(self.manifest, digest)
        if body['signers']:
            self.attempt(self.read, name + '.p7s')
        if self.manifests[digest]:
            items, signers = self.manifests[digest]
            known = signers is not None and name + '.p7s' in self.names
            self.should(not known or sorted(signers) == body['signers'], 'dossier/manifest-signers', at + '#/body/signers')
            item = items.get(key)
            must(item, 'dossier/manifest-no-item', at, name)
            self.all_hold((item.get(key) == body.get(key), 'dossier/manifest-differs', f'{at}#/body/{key}')
                          for key in ('sha256', 'ballots', 'station', 'by', 'method', 'counted'))

    # -- when everything is replayed

    def check_checkpoint(self):
        lines = self.read('checkpoint.txt').decode('utf-8', 'replace').split('\n')
        must(len(lines) == 4 and lines[3] == '', 'checkpoint/form', 'checkpoint.txt')
        origin = f'{self.origin}/{self.record_id}' if self.congress else lines[0]
        expected = origin, str(self.tree.size), base64.b64encode(self.tree.roots[-1]).decode()
        for i, (line, want) in enumerate(zip(lines, expected), 1):
            self.should(line == want, 'checkpoint/mismatch', f'checkpoint.txt:{i}', line, want)

    def check_prefix(self):
        """An older dossier, a checkpoint, or "SIZE ROOT" is the beginning of this record."""
        older, origin, root, form = self.options.prefix, '', None, False
        if not older:
            return
        if os.path.isdir(older):
            must(os.path.exists(Path(older, 'record.jsonl')), 'file/missing', shown(older))
            before = Path(older, 'record.jsonl').read_bytes().removesuffix(b'\n').split(b'\n')
            fork = next((i for i, (one, other) in enumerate(zip(before, self.lines), 1) if one != other), 0)
            size = len(before) if before != [b''] else 0
            must(not fork or not size, 'prefix/fork', f'record.jsonl:{fork}', fork - 1)
        else:
            told = Path(older).read_text('utf-8') if os.path.exists(older) else older
            form = re.fullmatch(r'(?:(.*)\n([0-9]+)\n(.*)|([0-9]+)[ :](.*))\n?', told)
            origin, size, root = (form[1] or '', int(form[2] or form[4]), typed_root(form[3] or form[5])) if form else ('', 0, None)
        must(size, 'prefix/form', shown(older))
        known = f'{self.origin}/{self.record_id}'
        must(not origin or not self.record_id or origin == known, 'prefix/other-record', '--prefix', origin, known)
        must(size <= self.tree.size, 'prefix/longer', '--prefix', size, self.tree.size)
        must(root in (None, self.tree.roots[size]), 'prefix/differs', 'record.jsonl', size)
        self.prefix = size

    def check_folder(self):
        for digest, manifest in self.manifests.items():
            for key, item in manifest[0].items() if manifest else ():
                entered = (*key, item['sha256']) in self.entered
                self.should(entered, 'dossier/manifest-not-in-record', f'manifests/{digest}.json', *key)
        if self.congress is None:
            return
        edited = defaultdict(set)  # file -> bundles with corrections or rulings that it stands for
        for id, contest in self.contests.items():
            touched = {bundle for bundle, _ in contest.rulings} | {one['bundle'] for one in contest.passes_in_force() if one['corrected']}
            for (bundle, _), one in contest.passes.items():
                edited[f'bundles/{one["sha256"]}.csv'] |= {(id, bundle)} if bundle in touched else set()
            if contest.standing:
                self.optional_names.add(f'results/{id}.pdf')
                self.attempt(self.check_file, f'results/{id}.json', canonical(contest.standing.body['result']), 'result/file-differs')
                if contest.p7s:
                    self.attempt(self.check_file, f'results/{id}.json.p7s', contest.p7s, 'signature/file-differs')
        for name, bundles in edited.items():
            few = len(bundles) <= 16 or name not in self.names or (self.folder / name).stat().st_size <= 2**16
            self.should(few, 'dossier/bundle-too-often', name, len(bundles))
        for name in sorted(self.names - self.expected_names - self.optional_names):
            self.should(False, 'dossier/extra-file', shown(name))

    def check_file(self, name, data, code):
        must(self.read(name) == data, code, name)

    def check_bound(self):
        """What was typed from paper, and how much of the record it covers."""
        covered, standing = [], {id: contest.standing for id, contest in self.contests.items() if contest.standing}
        if self.congress is None:
            return
        for typed in self.options.digests:
            named = [(id, result) for id, contest in self.contests.items() for result in contest.results if result.body['sha256'] == typed]
            self.should(named, 'bound/mismatch', '', typed)
            for id, result in named[-1:]:
                stands = self.should(result is standing.get(id), 'bound/replaced', id)
                covered.append(result.seq if stands else -1)
        if self.options.root:
            sizes = [size for size, root in enumerate(self.tree.roots) if root == self.options.root]
            must(sizes, 'bound/mismatch', '', self.options.root.hex())
            follows = any(result.seq == sizes[-1] and result.recounted for result in standing.values())
            covered.append(sizes[-1] - (0 if follows else 1))
        late = [id for id, result in standing.items() if covered and result.seq > max(covered)]
        self.all_hold((False, 'bound/not-covered', id) for id in late)
        self.bound = bool(covered) and not late

    def check_signers(self):
        """Who signed each standing result, and who of them counts."""
        ca, enough = self.options.ca, True
        if ca:
            must(os.path.exists(ca), 'file/missing', ca)
            must(os.path.isfile(ca) and b'-----BEGIN CERTIFICATE-----' in Path(ca).read_bytes(), 'signature/ca', ca)
        for id, contest in self.contests.items() if self.congress else ():
            if not contest.standing:
                continue
            pinned = {member['certificate'] for member in contest['board'] if 'certificate' in member}
            keys, required = set(), self.congress['signatures_required']
            for certificate, at in contest.signatures.values():
                fault = next((fault for fault, applies in (
                    ('expired', not certificate.begins <= at <= certificate.ends),
                    ('weak-key', certificate.weak),
                    ('not-pinned', pinned and certificate.digest not in pinned),
                    ('untrusted', ca and not pinned and not is_under(ca, certificate.pem, contest.p7s, at))) if applies), None)
                if self.should(not fault, f'signature/{fault}', f'results/{id}.json.p7s', certificate.digest):
                    keys.add(certificate.key)  # one key is one signer
            self.counting[id] = len(keys)
            enough = enough and (pinned or ca) and len(keys) >= max(1, required)
            self.should(len(keys) >= required, 'signature/too-few', id, len(keys), required)
        self.signed = bool(enough and self.counting)

    def report(self):
        """Everything that is to be said about the dossier, as --json says it."""
        standing = [(id, contest.standing) for id, contest in self.contests.items() if contest.standing]
        results = [{'contest': id, 'outcome': result.outcome, 'recounted': result.recounted, 'sha256': result.body['sha256'],
                    'signers': self.counting.get(id, 0)} for id, result in sorted(standing, key=lambda one: one[1].seq)]
        ok = all(finding['severity'] == 'warning' for finding in self.found)
        level = 'none' if not ok else 'signed' if self.signed else 'bound' if self.bound else 'consistent'
        return {'practice': self.origin == 'kiemphieu-practice', 'findings': self.found, 'ok': ok, 'level': level, 'results': results,
                'record': {'id': self.record_id, 'root': self.tree.roots[-1].hex(), 'size': self.tree.size},
                **({'prefix': self.prefix} if self.prefix else {})}

# ---- the program --------------------------------------------------------------------------------------------------

SAID = {'none': ('CÓ LỖI: đừng tin hồ sơ này', 'FAULTS: do not trust this dossier'),
        'consistent': ('TỰ KHỚP: hồ sơ khớp với chính nó; chưa rõ ai lập', 'CONSISTENT: agrees with itself; who made it is not shown'),
        'bound': ('KHỚP VỚI GIẤY: khớp với mã số gõ từ biên bản giấy', 'BOUND: agrees with what was typed from signed paper'),
        'signed': ('CÓ CHỮ KÝ: mọi kết quả đủ chữ ký số được tính', 'SIGNED: every result has enough signers who count'),
        'practice': ('*** DIỄN TẬP, không phải kết quả thật ***', '*** PRACTICE, not a real result ***'),
        'prefix': ('Số mục đầu vẫn y nguyên so với bản cũ', 'First entries the same as in the older one'),
        'size': ('Số mục', 'Entries'), 'signers': ('chữ ký được tính', 'signers who count'),
        True: ('đã đếm lại từ từng phiếu', 'recounted from every ballot'), False: ('không đếm lại được', 'not recounted'),
        'error': ('LỖI', 'ERROR'), 'warning': ('CHÚ Ý', 'WARNING'),
        'codes': ('Nghĩa của từng mã và việc cần làm: docs/formats.md, mục 13.',
                  'What each code means and what to do next: docs/formats.md, section 13.')}

def text_of(report, lang):
    say, record = {key: words[lang == 'en'] for key, words in SAID.items()}, report['record']
    lines = [say['practice'] if report['practice'] else '', f'{record["id"]} {record["root"]}', f'{say["size"]}: {record["size"]}',
             f'{say["prefix"]}: {report["prefix"]}' if 'prefix' in report else '']
    lines += ['  {contest}: {outcome}; {0}; {1}: {signers}\n    {sha256}'.format(say[result['recounted']], say['signers'], **result)
              for result in report['results']]
    lines += ['{0} [{code}] {where} {message}'.format(say[finding['severity']], **finding) for finding in report['findings']]
    lines += [say['codes'] if report['findings'] else '', f'{say[report["level"]]} ({report["level"]})']
    return '\n'.join(line for line in lines if line)

def typed_digest(value):
    digits = ''.join(value.split()).lower()
    must(is_digest(digits), 'usage/command-line')
    return digits

def typed_root(value):
    typed = ''.join(value.split())
    must(re.fullmatch('[0-9a-fA-F]{64}|[A-Za-z0-9+/]{43}=', typed), 'prefix/form', shown(value))
    return bytes.fromhex(typed) if is_digest(typed.lower()) else base64.b64decode(typed)

class Parser(argparse.ArgumentParser):
    def error(self, message):
        if self.get_default('words_json'):
            finding = {'code': 'usage/command-line', 'severity': 'error', 'where': '', 'message': message}
            print(canonical({'findings': [finding], 'ok': False}).decode())
        super().error(message)

def main(words):
    here = Path(__file__).resolve().parent
    parser = Parser(allow_abbrev=False, description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.set_defaults(words_json='--json' in words)
    parser.add_argument('dossier')
    parser.add_argument('--digest', dest='digests', action='append', default=[], type=typed_digest)
    parser.add_argument('--root', type=typed_root)
    parser.add_argument('--lang', choices=('vi', 'en'), default='en' if os.environ.get('KP_LANG') == 'en' else 'vi')
    parser.add_argument('--schemas', default=here if (here / 'result.schema.json').exists() else here.parent / 'schemas')
    for name in ('--ca', '--prefix', '--rules'):
        parser.add_argument(name)
    for name in ('--unsigned', '--json'):
        parser.add_argument(name, action='store_true')
    options = parser.parse_args(words)
    for path in (options.rules, *(Path(options.schemas, f'{name}.schema.json') for name in ('congress', 'contest', 'manifest', 'result'))):
        if path and not os.path.exists(path):
            parser.error(f'{path}: not there')
    verifier = Verifier(options)
    verifier.run()
    report = verifier.report()
    print(canonical(report).decode() if options.json else text_of(report, options.lang))
    return 0 if report['ok'] else 1

if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
