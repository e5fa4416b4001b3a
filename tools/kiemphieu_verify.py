#!/usr/bin/env python3
"""The second verifier: judges a dossier on a machine where nothing can be installed.

    python3 kiemphieu_verify.py DOSSIER [--ca FILE] [--digest D]... [--root R] [--prefix OLD] [--unsigned] [--json]
                                        [--lang vi|en] [--schemas DIR] [--rules FILE]

Python 3.11 alone; signatures through the `openssl` command. Written from docs/formats.md, with no line of the
programs it judges: where a section sign stands below, that section is what the code restates. The codes are
those of docs/formats.md section 13, which says what each means and what to do next.

It needs the three files of schemas/ (beside this file, in ../schemas, or under --schemas). With --rules, the output
of `kiemphieu rules --json`, it compares the texts of the rules too; without, only which rules were applied.

Exit 0: no error. 1: at least one error, or the dossier cannot be read. 2: the command line is wrong.
"""
import argparse, base64, bisect, hashlib, json, os, re, stat, subprocess, sys, tempfile, unicodedata
from collections import Counter, defaultdict
from datetime import datetime, timezone

WARNINGS = {'contest/unused-key', 'list/duplicate-name', 'list/prepared-outside-10-15', 'dossier/bundle-equal-bytes',
            'count/not-recomputed', 'count/by-hand', 'signature/untrusted', 'signature/not-pinned', 'signature/expired',
            'signature/weak-key', 'bound/not-covered', 'result/parent-reopened', 'contest/replaced-by-one'}
MOST_OF_A_CODE = 100  # findings of one code that are listed

# ---- findings ---------------------------------------------------------------------------------------------------


class Findings(list):
    """Findings in the order in which they were made, each told once."""

    def add(self, code, where='', message='', warning=None):
        severity = 'warning' if (code in WARNINGS if warning is None else warning) else 'error'
        finding = {'code': code, 'severity': severity, 'where': where, 'message': message}
        same = sum(f['code'] == code for f in self)
        if finding not in self and same <= MOST_OF_A_CODE:
            self.append(finding if same < MOST_OF_A_CODE else {'code': 'findings/more', 'severity': 'error', 'where': '', 'message': code})

    def errors(self):
        return any(f['severity'] == 'error' for f in self)


class Fault(Exception):
    """What keeps one file or one text from being read: code, place, and what else is known."""

    def __init__(self, code, where='', message=''):
        super().__init__(code, where, message)


# ---- section 1: JSON, names -------------------------------------------------------------------------------------


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def canonical(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(',', ':')).encode()


def refuse_text(text, where):
    if any(unicodedata.category(c) == 'Cs' for c in text):
        raise Fault('json/surrogate', where)
    marks = ''.join('m' if unicodedata.combining(c) else ' ' for c in text)
    if 'm' * 31 in marks or not unicodedata.is_normalized('NFC', text):
        raise Fault('json/not-nfc', where)
    if any(unicodedata.category(c) in ('Cc', 'Cf', 'Co', 'Zl', 'Zp') for c in text):
        raise Fault('json/control-character', where)


def read_json(data, where, ordered=False):
    """One JSON text as section 1 admits it; where keys must be ordered, the first fault among them."""
    def integer(digits):
        if abs(int(digits[:20])) >= 2**53:
            raise Fault('json/integer-range', where)
        return int(digits)

    def members(pairs):
        read, last = {}, ''
        for key, value in pairs:
            if key in read:
                raise Fault('json/duplicate-key', where)
            if ordered and key < last:
                raise Fault('entry/not-canonical', where)
            read[key], last = value, key
        return read

    def no_number(_):
        raise Fault('json/not-integer', where)

    def walk(value, depth):
        if depth > 32 and isinstance(value, (dict, list)):
            raise Fault('json/depth', where)
        if isinstance(value, str):
            refuse_text(value, where)
        for key, member in value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else ()):
            if isinstance(key, str):
                refuse_text(key, where)
            walk(member, depth + 1)

    if not data:
        raise Fault('json/empty', where)
    if data.startswith(b'\xef\xbb\xbf'):
        raise Fault('json/bom', where)
    try:
        value = json.loads(data.decode(), parse_int=integer, parse_float=no_number, parse_constant=no_number,
                           object_pairs_hook=members)
        walk(value, 1)
        return value
    except UnicodeDecodeError:
        raise Fault('json/utf-8', where) from None
    except RecursionError:
        raise Fault('json/depth', where) from None
    except ValueError as error:
        raise Fault('json/syntax', where, str(error)) from None


def name_key(name):
    """Section 2: one key for all ways of writing a name; tones stand behind the letters of their syllable."""
    words = []
    for word in unicodedata.normalize('NFD', name.casefold()).split():
        tones = [c for c in word if c in '\u0300\u0301\u0303\u0309\u0323']
        words.append(''.join([c for c in word if c not in tones] + tones))
    return ' '.join(words)


def blank(text):
    return not text.split()


# ---- schemas, section 2 -----------------------------------------------------------------------------------------


class Schemas:
    """The keywords that the three schemas use."""
    TYPES = {'object': dict, 'array': list, 'string': str, 'boolean': bool, 'integer': int}

    def __init__(self, folder):
        self.files = {}
        for name in ('congress', 'contest', 'manifest'):
            with open(os.path.join(folder, name + '.schema.json'), encoding='utf-8') as file:
                self.files[name + '.schema.json'] = json.load(file)

    def faults(self, value, reference, at):
        """(code, pointer) of everything in `value` that the schema does not admit."""
        file, _, path = reference.partition('#')
        schema = self.files[file]
        for step in path.split('/')[1:]:
            schema = schema[step]
        return list(self.check(value, schema, file, at))

    def check(self, value, schema, file, at):
        if '$ref' in schema:
            name, _, path = schema['$ref'].partition('#')
            yield from self.faults(value, f'{name or file}#{path}', at)
            return
        if 'const' in schema or 'enum' in schema:
            if value not in schema.get('enum', [schema.get('const')]) or isinstance(value, (bool, int)):
                yield 'schema/value', at
            return
        kind = self.TYPES[schema['type']] if 'type' in schema else type(value)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            yield 'schema/type', at
            return
        if kind is int and not schema.get('minimum', value) <= value <= schema.get('maximum', value):
            yield 'schema/range', at
        if kind is str and not schema.get('minLength', 0) <= len(value) <= schema.get('maxLength', len(value)):
            yield 'schema/size', at
        if kind is str and 'pattern' in schema and not re.search(schema['pattern'].replace('$', r'\Z'), value):
            yield 'schema/pattern', at
        if kind is list:
            if not schema.get('minItems', 0) <= len(value) <= schema.get('maxItems', len(value)):
                yield 'schema/size', at
            for i, item in enumerate(value):
                yield from self.check(item, schema['items'], file, f'{at}/{i}')
        if kind is dict:
            wanted = set(schema.get('required', []))
            if 'if' in schema and not list(self.check(value, schema['if'], file, at)):
                wanted |= set(schema['then']['required'])
            yield from (('schema/missing-key', at) for key in wanted if key not in value)
            for key, member in value.items():
                if key in schema.get('properties', {}):
                    yield from self.check(member, schema['properties'][key], file, f'{at}/{key}')
                elif schema.get('additionalProperties') is False:
                    yield 'schema/unknown-key', f'{at}/{key}'


REASONS = {'delegates': {'committee-absent', 'absent-unreplaced'},
           'members': {'transferred', 'exempt-absent', 'suspended', 'charged', 'absent-excused'},
           'committee': {'suspended', 'charged', 'declared'}, 'inspection': {'suspended', 'charged', 'declared'}}
SEATED = ('election', 'opinion', 'introduction')
NAMED = ('election', 'opinion', 'withdrawal', 'introduction')  # questions whose names may not sit on the board
CAPPED = ('committee', 'standing-committee')


def base_of(electorate):
    return electorate['summoned'] - sum(d['count'] for d in electorate['deductions'])


def electorate_faults(electorate, kind, at):
    for i, deduction in enumerate(electorate['deductions']):
        if deduction['reason'] not in REASONS[kind]:
            yield 'electorate/foreign-reason', f'{at}/deductions/{i}/reason'
    if base_of(electorate) < 1:
        yield 'electorate/base-below-one', at
    elif electorate['present'] > base_of(electorate):
        yield 'electorate/present-over-base', f'{at}/present'


def board_faults(board, required, at):
    if sum(member['role'] == 'head' for member in board) != 1:
        yield 'board/head', at
    if len({name_key(member['name']) for member in board}) < len(board):
        yield 'board/duplicate-name', at
    pinned = [member['certificate'] for member in board if 'certificate' in member]
    if len(set(pinned)) < len(pinned):
        yield 'board/duplicate-certificate', at
    if 0 < len(pinned) < required:
        yield 'board/too-few-certificates', at


def ballot_form(contest):
    question = contest['question']
    if question == 'election':
        return 'strike' if len(contest['rows']) > contest['seats'] else 'agree'
    return {'introduction': 'strike', 'confidence': 'confidence', 'rating': 'rating'}.get(question, 'agree')


def form_of(contest):
    """On what the reading of ballots depends: form, rows, seats, whether it elects; nothing when that is not to be had."""
    form, rows, seats = contest.get('ballot'), contest.get('rows'), contest.get('seats')
    if form not in list(MARKS) or not isinstance(rows, list) or not 1 <= len(rows) <= 4096:
        return None
    return form, len(rows), seats if isinstance(seats, int) else 0, contest.get('question') == 'election'


def surplus_cap(seats):
    return max(1, 30 * seats // 100)


def real_date(text):
    """A day of the calendar, or a month or a year of it where that is all that is known."""
    try:
        return bool(datetime.strptime((text + '-01-01')[:10], '%Y-%m-%d'))
    except ValueError:
        return False


def contest_faults(contest, congress, at):
    """What section 2 says of one contest by itself."""
    question, rows = contest['question'], contest['rows']
    if question in SEATED and 'seats' not in contest:
        yield 'contest/seats-missing', at
        return
    seen = set()
    for i, row in enumerate(rows):
        if row['no'] in seen:
            yield 'list/duplicate-no', f'{at}/rows/{i}/no'
        elif row['no'] != i + 1:
            yield 'list/gap', f'{at}/rows/{i}/no'
        seen.add(row['no'])
        for key in ('born', 'joined'):
            if key in row and not real_date(row[key]):
                yield 'congress/date', f'{at}/rows/{i}/{key}'
    if contest['ballot'] != ballot_form(contest):
        yield 'list/ballot-form', f'{at}/ballot'
    if question == 'election' and contest['office'] in CAPPED and not contest.get('revote', False):
        surplus = len(rows) - contest['seats']
        if contest.get('round', 1) == 1 and surplus < 1:
            yield 'list/no-surplus', f'{at}/rows'
        elif surplus > surplus_cap(contest['seats']) and contest.get('round', 1) == 1 and congress['level'] != 'central':
            yield 'list/surplus-over-cap', f'{at}/rows'
    if question in ('election', 'opinion') and contest['office'] in CAPPED and congress['level'] != 'central':
        for i, row in enumerate(rows):
            if row.get('incumbent') is True and row.get('nominated') in ('floor', 'self'):
                yield 'list/incumbent-not-prepared', f'{at}/rows/{i}/nominated'
    board = {name_key(member['name']) for member in contest.get('board', congress['board'])}
    if question in NAMED:
        for i, row in enumerate(rows):
            if name_key(row['name']) in board:
                yield 'board/candidate-on-board', f'{at}/rows/{i}/name'
    if 'electorate' in contest:
        yield from electorate_faults(contest['electorate'], contest.get('kind', congress['kind']), f'{at}/electorate')
    if 'board' in contest:
        yield from board_faults(contest['board'], congress['signatures_required'], f'{at}/board')


def congress_faults(congress):
    if not real_date(congress['date']):
        yield 'congress/date', '/date'
    yield from electorate_faults(congress['electorate'], congress['kind'], '/electorate')
    yield from board_faults(congress['board'], congress['signatures_required'], '/board')
    for i, contest in enumerate(congress['contests']):
        if contest['id'] in [earlier['id'] for earlier in congress['contests'][:i]]:
            yield 'contest/duplicate-id', f'/contests/{i}/id'
        yield from contest_faults(contest, congress, f'/contests/{i}')
        if 'kind' in contest and 'electorate' not in contest:
            yield from electorate_faults(congress['electorate'], contest['kind'], '/electorate')


# ---- section 3: bundles -----------------------------------------------------------------------------------------

MARKS = {'strike': 'a.?', 'agree': 'ab.*?', 'confidence': 'abc.*?', 'rating': 'abcd.*?'}
FLAGS = ('not-issued', 'outside-name', 'signed', 'written-on', 'marked')


def flags_in(field):
    """The flags of a field, or nothing when it is no list of flags."""
    flags = field.split('|') if field else []
    return frozenset(flags) if set(flags) <= set(FLAGS) and len(set(flags)) == len(flags) else None


def fields_in(line):
    fields = re.findall(r'(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))(?=,|$)', line)
    whole = re.fullmatch(r'(?:"(?:[^"]|"")*"|[^",]*)(?:,(?:"(?:[^"]|"")*"|[^",]*))*', line)
    return [quoted.replace('""', '"') or plain for quoted, plain in fields] if whole else None


def parse_bundle(data, form, rows, where):
    """ballot number -> (marks, flags)"""
    lines = [line.removesuffix('\r') for line in data.decode('latin-1').split('\n')]  # a character is a byte
    while lines[1:] and lines[-1] == '':
        lines.pop()
    ballots, twice = {}, False
    for i, line in enumerate(lines, 1):
        at = f'{where}:{i}'
        if len(line) > rows + 128:
            raise Fault('dossier/bundle-line-too-long', at)
        if i == 1:
            if fields_in(line.removeprefix('\xef\xbb\xbf')) != ['ballot', 'marks', 'flags']:
                raise Fault('dossier/bundle-header', at)
            continue
        if line == '':
            raise Fault('dossier/bundle-blank-line', at)
        fields = fields_in(line)
        if fields is None or len(fields) != 3:
            raise Fault('dossier/bundle-fields', at)
        number, marks, flags = fields
        for part, wrong in (('number', not re.fullmatch('[1-9][0-9]{0,8}', number)), ('flags', flags_in(flags) is None),
                            ('marks-length', len(marks) != rows), ('mark', set(marks) - set(MARKS[form]))):
            if wrong:
                raise Fault('dossier/bundle-' + part, at)
        twice = twice or int(number) in ballots
        ballots[int(number)] = (marks, flags_in(flags))
    if not ballots or twice:
        raise Fault('dossier/bundle-number-twice' if twice else 'dossier/bundle-no-ballots', where)
    return ballots


# ---- section 4: the tree and the form of entries ----------------------------------------------------------------


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
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = hashlib.sha256(b'\1' + peak + root).digest()
        self.roots.append(root)


def matches(pattern):
    return lambda value: isinstance(value, str) and re.fullmatch(pattern, value) is not None


def number(least, most=2**53):
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def said(value):
    return isinstance(value, str) and not blank(value)


is_text, is_object = (lambda v: isinstance(v, str)), (lambda v: isinstance(v, dict))
is_some = lambda v: is_text(v) and v != ''
is_digest, is_contest, is_bundle = matches('[0-9a-f]{64}'), matches('[a-z0-9-]{1,32}'), matches('[A-Za-z0-9-]{1,16}')
is_pass, is_ballot, is_count, is_seq = number(1, 99), number(1, 999999999), number(0, 10**9), number(0)
is_people = number(1, 10**9)
is_marks = matches('[abcd.*?]+')
RULED = ('not-issued', 'outside-name', 'marked', 'ruled-invalid')

BODIES = {  # kind -> the members of its body; those with "?" may be absent
    'opened': {'congress': is_some, 'purpose': is_some, 'record': is_some, 'sha256': is_digest},
    'contest': {'contest': is_object},
    'electorate': {'contest': is_contest, 'electorate': is_object, 'note?': is_text},
    'box': {'contest': is_contest, 'issued': is_count, 'returned': is_count, 'spoiled?': is_count, 'seal?': is_text,
            'replaces?': is_seq, 'note?': is_text},
    'bundle': {'contest': is_contest, 'bundle': is_bundle, 'pass': is_pass, 'sha256': is_digest,
               'ballots': is_people, 'station': is_some, 'by?': said,
               'method': lambda v: v in ('keyed', 'scanned', 'imported'), 'counted?': is_count, 'manifest': is_digest,
               'signers': lambda v: isinstance(v, list) and all(map(is_digest, v)) and v == sorted(set(v))},
    'retracted': {'contest': is_contest, 'bundle': is_bundle, 'pass': is_pass, 'seq': is_seq, 'note': said},
    'correction': {'contest': is_contest, 'bundle': is_bundle, 'pass': is_pass, 'ballot': is_ballot, 'marks': is_marks,
                   'flags': lambda v: is_text(v) and flags_in(v) is not None, 'note': said, 'replaces?': is_seq},
    'ruling': {'contest': is_contest, 'bundle': is_bundle, 'ballot': is_ballot, 'marks?': is_marks,
               'invalid?': lambda v: v in RULED, 'note': said, 'replaces?': is_seq},
    'confirmed': {'contest': is_contest, 'ballots': is_people},
    'decision': {'contest': is_contest, 'action': is_some, 'votes_for': is_count, 'of': is_people, 'note': said,
                 'opens?': is_object, 'alternates?': is_people},
    'result': {'contest': is_contest, 'sha256': is_digest, 'result': is_object, 'replaces?': is_seq},
    'reopened': {'contest': is_contest, 'result': is_seq, 'note': said},
    'signed': {'contest': is_contest, 'result': is_seq, 'sha256': is_digest, 'certificate': is_digest, 'p7s': is_some},
    'note': {'text': is_some},
    'closed': {},
}


def parse_entry(line, at):
    """One line of record.jsonl as an entry, or the first thing that is wrong with it."""
    try:
        entry = read_json(line, at, ordered=True)
    except Fault as fault:
        raise Fault('entry/not-canonical', at) if fault.args[0] == 'json/not-integer' else fault from None
    if canonical(entry) != line:
        raise Fault('entry/not-canonical', at)
    if not isinstance(entry, dict) or sorted(entry) != ['at', 'body', 'by', 'kind', 'seq']:
        raise Fault('entry/keys', at)
    if not is_seq(entry['seq']):
        raise Fault('entry/body', at + '#/seq')
    if not isinstance(entry['kind'], str) or entry['kind'] not in BODIES:
        raise Fault('entry/kind', at + '#/kind')
    try:
        if not re.fullmatch(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ', entry['at'], re.ASCII):
            raise ValueError
        datetime.strptime(entry['at'], '%Y-%m-%dT%H:%M:%SZ')
    except (ValueError, TypeError):
        raise Fault('entry/time', at + '#/at') from None
    by = entry['by']
    if not isinstance(by, list) or not all(map(said, by)) or len(by) not in (1, 2) or len(set(map(name_key, by))) < len(by):
        raise Fault('entry/people', at + '#/by')
    body, members = entry['body'], BODIES[entry['kind']]
    if not isinstance(body, dict):
        raise Fault('entry/body', at + '#/body')
    for key in body:
        if key not in members and key + '?' not in members:
            raise Fault('entry/body', f'{at}#/body/{key}')
    for key, fits in members.items():
        name = key.rstrip('?')
        if name not in body if not key.endswith('?') else False:
            raise Fault('entry/body', f'{at}#/body/{name}')
        if name in body and not fits(body[name]):
            raise Fault('entry/body', f'{at}#/body/{name}')
    if entry['kind'] == 'ruling' and ('marks' in body) == ('invalid' in body):
        raise Fault('entry/body', at + '#/body')
    return entry


# ---- signatures, through openssl ----------------------------------------------------------------------------------


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


# The digest algorithms that count, and for each the RSA and the ECDSA algorithm that may stand beside it (DER of their names).
DATA, RSA, PSS = (bytes.fromhex('2a864886f70d01' + end) for end in ('0701', '0101', '010a'))
ELLIPTIC = bytes.fromhex('2a8648ce3d0201')
ALGORITHMS = {bytes.fromhex('608648016503040201'): (bytes.fromhex('2a864886f70d01010b'), bytes.fromhex('2a8648ce3d040302')),
              bytes.fromhex('608648016503040202'): (bytes.fromhex('2a864886f70d01010c'), bytes.fromhex('2a8648ce3d040303')),
              bytes.fromhex('608648016503040203'): (bytes.fromhex('2a864886f70d01010d'), bytes.fromhex('2a8648ce3d040304'))}


def algorithm(content):
    """The name of an algorithm that has no parameters (RSASSA-PSS has some)."""
    (_, name), *parameters = der(content)
    if parameters not in ([], [(5, b'')]) and name != PSS:
        raise ValueError('parameters')
    return name


def signer_infos(p7s):
    """(issuer's name or nothing, whether the key is elliptic) of each signer of a detached CMS SignedData over plain data whose
    algorithms count and fit each other; nothing when it is none."""
    try:
        (_, outer), = der(p7s)
        members = list(der(next(der(list(der(outer))[1][1]))[1]))
        if [content for _, content in der(members[2][1])] != [DATA]:
            return None
        found = []
        for _, info in der(members[-1][1]):
            (_, _), (tag, who), (_, digest), (_, sign) = [part for part in der(info) if part[0] not in (0xA0, 0xA1)][:4]
            rsa, ecdsa = ALGORITHMS[algorithm(digest)]
            if algorithm(sign) not in (RSA, PSS, rsa, ELLIPTIC, ecdsa):
                return None
            found.append((next(der(who))[1] if tag == 0x30 else None, algorithm(sign) in (ELLIPTIC, ecdsa)))
        return found
    except (ValueError, IndexError, KeyError, StopIteration):
        return None


class Certificate:
    def __init__(self, pem, openssl):
        self.pem = pem
        data = base64.b64decode(''.join(pem.split('-----')[2].split()))
        self.digest = sha256(data)
        text = openssl(['x509', '-noout', '-text', '-pubkey', '-startdate', '-enddate', '-dateopt', 'iso_8601'], pem.encode())[1].decode()
        bits = re.search(r'Public-Key: \((\d+) bit\)', text)
        self.elliptic = 'id-ecPublicKey' in text
        self.weak = not bits or int(bits[1]) < (224 if self.elliptic else 2048)
        self.key = re.search('-----BEGIN PUBLIC KEY.*?-----END', text, re.S)[0]
        fields = [content for tag, content in der(next(der(next(der(data))[1]))[1]) if tag != 0xA0]
        self.issuer = fields[2]
        self.begins, self.ends = re.search('notBefore=(.*)', text)[1], re.search('notAfter=(.*)', text)[1]

    def valid_at(self, at):
        return self.begins.replace(' ', 'T') <= at <= self.ends.replace(' ', 'T')


class Signatures:
    """Checks detached CMS signatures; every question to openssl is asked once."""
    known, chains = {}, {}

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory()

    def openssl(self, words, data=None):
        done = subprocess.run(['openssl', *words], input=data, capture_output=True, check=False)
        return done.returncode, done.stdout

    def file(self, name, data):
        path = os.path.join(self.folder.name, name)
        with open(path, 'wb') as file:
            file.write(data)
        return path

    def signers(self, p7s, content):
        """The certificates of all signers, each of whom signed `content`; nothing when one signature is bad."""
        key = (p7s, content)
        if key not in self.known:
            self.known[key] = self.verify(p7s, content)
        return self.known[key]

    def verify(self, p7s, content):
        infos = signer_infos(p7s)
        if not infos:
            return None
        signed, signer = self.file('p7s', p7s), os.path.join(self.folder.name, 'signer')
        status, _ = self.openssl(['cms', '-verify', '-binary', '-inform', 'DER', '-in', signed, '-content',
                                  self.file('content', content), '-noverify', '-signer', signer, '-out', os.devnull])
        if status != 0:
            return None
        with open(signer, encoding='ascii') as file:
            pems = re.findall('-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----\n', file.read(), re.S)
        signers = [Certificate(pem, self.openssl) for pem in pems]
        as_verified = len(signers) == len(infos) and all(
            issuer in (None, signer.issuer) and elliptic == signer.elliptic for signer, (issuer, elliptic) in zip(signers, infos))
        return signers if as_verified else None

    def under(self, ca, certificate, p7s, at):
        """Whether a certificate is under the authority at a time; certificates in the p7s may stand between."""
        key = (ca, certificate.digest, p7s, at)
        if key not in self.chains:
            between = self.openssl(['cms', '-cmsout', '-inform', 'DER', '-in', self.file('p7s', p7s), '-certsout',
                                    os.path.join(self.folder.name, 'between'), '-noout'])
            moment = datetime.strptime(at, '%Y-%m-%dT%H:%M:%SZ').replace(tzinfo=timezone.utc)
            words = ['verify', '-CAfile', ca, '-purpose', 'any', '-attime', str(int(moment.timestamp()))]
            if between[0] == 0 and os.path.exists(os.path.join(self.folder.name, 'between')):
                words += ['-untrusted', os.path.join(self.folder.name, 'between')]
            self.chains[key] = self.openssl([*words, self.file('pem', certificate.pem.encode())])[0] == 0
        return self.chains[key]


# ---- sections 5 to 9: one contest ---------------------------------------------------------------------------------


class Contest:
    """What the record tells of one contest so far."""

    def __init__(self, contest, congress, opened=False):
        self.congress, self.opened_by_decision = congress, opened
        self.box = self.box_seq = None
        self.passes = {}        # (bundle, pass) -> entry body with 'seq', 'read' (its ballots) and 'retracted'
        self.corrections = {}   # (bundle, pass, ballot) -> (seq, marks, flags, {flag: seq that brought it})
        self.rulings = {}       # (bundle, ballot) -> (seq, body)
        self.results = []       # entries of results; the last stands unless `reopened`
        self.reopened, self.confirmed, self.before = False, -1, None
        self.signatures, self.p7s, self.decided, self.entered = [], b'', False, None
        self.opened_on = None   # (contest, seq of the result) on which a decision opened it
        self.take(contest)

    def take(self, contest):
        self.definition = contest
        if 'electorate' in contest:
            self.entered = None
        self.rulings.clear()

    def get(self, key, default=None):
        return self.definition.get(key, default)

    @property
    def electorate(self):
        return self.entered or self.definition.get('electorate') or self.congress['electorate']

    @property
    def kind(self):
        return self.definition.get('kind', self.congress['kind'])

    @property
    def board(self):
        return self.definition.get('board', self.congress['board'])

    def standing(self):
        return self.results[-1] if self.results and not self.reopened else None

    def begun(self):
        return self.box is not None or bool(self.in_force()) or bool(self.results)

    def in_force(self):
        """bundle -> its passes in force, by pass number"""
        bundles = defaultdict(list)
        for (bundle, _), one in sorted(self.passes.items()):
            if not one['retracted']:
                bundles[bundle].append(one)
        return bundles

    def reading(self, one, ballot):
        """A ballot of one pass with its correction: marks, and the seq that brought each flag."""
        correction = self.corrections.get((one['bundle'], one['pass'], ballot))
        if correction:
            return correction[1], correction[3]
        marks, flags = one['read'][ballot]
        return marks, dict.fromkeys(flags, one['seq'])

    def has_ballot(self, bundle, ballot):
        """Whether a pass in force has the ballot; without bundles nobody can tell (None)."""
        passes = self.in_force().get(bundle, [])
        if any(one['read'] is None for one in passes):
            return None
        return any(ballot in one['read'] for one in passes)

    def rulings_in_force(self):
        """How many rulings are in force, and how many of those rule a ballot not issued; at least, and at most."""
        least, most = Counter(), Counter()
        for (bundle, ballot), (_, body) in self.rulings.items():
            there = self.has_ballot(bundle, ballot)
            # Where no pass of the bundle was retracted the ballot that was ruled on is surely there.
            kept = not any(one['retracted'] for (b, _), one in self.passes.items() if b == bundle)
            for tally, counts in ((least, there or (there is None and kept)), (most, there is not False)):
                tally['all'] += bool(counts)
                tally['not-issued'] += bool(counts and body.get('invalid') == 'not-issued')
        return least, most

    def waiting(self):
        """(bundle, ballot) of ballots without a ruling that some pass reads with an unconfirmed flag."""
        found = set()
        for bundle, passes in self.in_force().items():
            for one in passes:
                flagged = {n for n, (_, flags) in (one['read'] or {}).items() if flags}
                flagged |= {n for b, p, n in self.corrections if (b, p) == (bundle, one['pass'])}
                found |= {(bundle, n) for n in flagged if (bundle, n) not in self.rulings and
                          any(seq > self.confirmed for seq in self.reading(one, n)[1].values())}
        return found


def may_take_alternates(result, count):
    """Section 5: the runners-up over the line, most votes first; nobody left out has as many as one of them."""
    rows = result.get('rows') if isinstance(result.get('rows'), list) else []
    whole = [row for row in rows if is_object(row) and is_count(row.get('votes')) and is_count(row.get('to_line'))]
    votes = sorted((row['votes'] for row in whole if row.get('standing') == 'not-elected'), reverse=True)
    return 1 <= count <= len(votes) and (count == len(votes) or votes[count - 1] != votes[count])


def elected_of(standing, rows):
    """The numbers that a standing result calls elected, as far as its list has them."""
    elected = standing['body']['result'].get('elected')
    return [no for no in elected if is_ballot(no) and no <= len(rows)] if isinstance(elected, list) else []


def judged_invalid(contest, marks, flags):
    """Section 6: the first reason that applies, or nothing."""
    form, seats = contest.get('ballot'), contest.get('seats', 0)
    for reason in ('not-issued', 'outside-name'):
        if reason in flags:
            return reason
    if flags & {'signed', 'written-on', 'marked'}:
        return 'marked'
    if form == 'strike' and seats and marks.count('a') > seats:
        return 'too-many'
    if form == 'strike' and len(marks) >= 2 and 'a' not in marks:
        return 'nobody'
    if form == 'agree' and contest.get('question') == 'election' and len(marks) == 1 and marks in '.*':
        return 'one-name-box'
    return None


class Counts:
    def __init__(self, rows):
        self.valid, self.invalid = 0, Counter()
        self.rows = [Counter() for _ in range(rows)]  # mark -> how many

    def count(self, contest):
        for bundle, passes in contest.in_force().items():
            for ballot in passes[0]['read']:
                marks, flags = contest.reading(passes[0], ballot)
                _, ruling = contest.rulings.get((bundle, ballot), (0, {}))
                reason = ruling.get('invalid')
                if not reason:
                    marks, flags = (ruling['marks'], {}) if ruling else (marks, flags)
                    reason = judged_invalid(contest, marks, set(flags))
                if reason:
                    self.invalid[reason] += 1
                else:
                    self.valid += 1
                    for row, mark in zip(self.rows, marks):
                        row[mark] += 1
        return self

    def take_from(self, result, contest):
        """The counts that a result states, when there are no ballots to count. Whether they could come from ballots."""
        def figure(of, key):
            return of[key] if is_object(of) and is_count(of.get(key)) else -1

        stated, strike = result.get('ballots'), contest.get('ballot') == 'strike'
        self.valid, invalid = figure(stated, 'valid'), stated.get('invalid_by') if is_object(stated) else None
        self.invalid = Counter(invalid if is_object(invalid) and all(map(is_count, invalid.values())) else {})
        held = sum(passes[0]['ballots'] for passes in contest.in_force().values())
        add_up = self.valid >= 0 and self.valid + sum(self.invalid.values()) == held
        rows = result.get('rows') if isinstance(result.get('rows'), list) else []
        for counts, row in zip(self.rows, rows + [None] * len(self.rows)):
            options = row.get('options') if is_object(row) else None
            if contest.get('question') in ('confidence', 'rating', 'survey'):
                counts.update({c: n if is_count(n) else -1 for c, n in zip('abcd', options if isinstance(options, list) else [])})
            else:
                counts.update({'a': figure(row, 'votes')} | ({} if strike else {'b': figure(row, 'against')}))
            counts.update({'.': self.valid - counts['a']} if strike else {'.': figure(row, 'none'), '*': figure(row, 'several')})
            add_up = add_up and min(counts.values()) >= 0 and sum(counts.values()) == self.valid
        votes, seats = sum(row['a'] for row in self.rows), contest.get('seats', len(self.rows))
        fewest = self.valid if len(self.rows) > 1 else 0
        return add_up and (not strike or fewest <= votes <= self.valid * seats)


def percent(n, base):
    """n of base as a percentage, half up, two decimals; 0 of nothing."""
    hundredths = (2 * n * 10000 + base) // (2 * base) if base else 0
    return f'{hundredths // 100}.{hundredths % 100:02}'


def numbers(rows):
    return [i + 1 for i, chosen in enumerate(rows) if chosen]


class Standings:
    """Who stands how, by votes (section 8)."""

    def __init__(self, votes, seats, line):
        self.votes, self.seats, self.line, self.order = votes, seats, line, sorted(votes)
        self.rows = [self.of(v, v) for v in votes]

    def of(self, v, instead_of):
        """The standing of a row with v votes that has `instead_of` votes among all."""
        if self.line is not None and v < self.line:
            return 'not-elected'
        above = len(self.order) - bisect.bisect_right(self.order, v) - (instead_of > v)
        equal = bisect.bisect_right(self.order, v) - bisect.bisect_left(self.order, v) - (instead_of == v) + 1
        return 'elected' if above + equal <= self.seats else 'tied' if above < self.seats else 'not-elected'

    def flip(self, row, valid):
        v, now, least = self.votes[row], self.rows[row], []
        ways = ([(v, -1)] if now != 'not-elected' else []) + ([(valid - v, 1)] if now != 'elected' else [])
        for most, sign in ways:
            if most >= 1 and self.of(v + sign * most, v) != now:
                least.append(1 + bisect.bisect_left(range(1, most + 1), True, key=lambda k: self.of(v + sign * k, v) != now))
        return min(least, default=None)


PEOPLE = {'delegates': ('đại biểu chính thức', 'official delegates'), 'members': ('đảng viên chính thức', 'official members'),
          'committee': ('cấp uỷ viên', 'committee members'),
          'inspection': ('uỷ viên uỷ ban kiểm tra', 'inspection committee members')}


def base_object(contest, electorate):
    count, deducted = base_of(electorate), electorate['summoned'] - base_of(electorate)
    line, (vi, en) = count // 2 + 1, PEOPLE[contest.kind]
    tail = (('bầu lại giữa những người bằng phiếu không cần quá một nửa.', 'a new vote among the tied needs no majority.')
            if contest.get('revote', False) else
            (f'quá một nửa là từ {line} phiếu trở lên.', f'more than one half means {line} votes or more.'))
    summoned = electorate['summoned']
    return {'summoned': summoned, 'deductions': deducted, 'count': count, 'line': line,
            'sentence_vi': f'Tổng số để tính kết quả là {count} ({summoned} {vi} được triệu tập, trừ {deducted}); {tail[0]}',
            'sentence_en': f'The base is {count} ({summoned} {en} summoned, less {deducted}); {tail[1]}'}


def elect(contest, counts, base, level):
    """rows, elected, outcome, open seats, next, rules of an election"""
    votes, seats, revote = [row['a'] for row in counts.rows], contest.get('seats', 0), contest.get('revote', False)
    office, number_of_round = contest.get('office'), contest.get('round', 1)
    standings = Standings(votes, seats, None if revote else base['line'])
    passed = len(votes) if revote else sum(v >= base['line'] for v in votes)
    rows = [{'votes': v, 'against': row['.'] if contest.get('ballot') == 'strike' else row['b'], 'percent': percent(v, base['count']),
             'standing': standings.rows[i], 'rank': 1 + sum(other > v for other in votes),
             'to_line': None if revote else v - base['line'], 'flip': standings.flip(i, counts.valid)}
            for i, (v, row) in enumerate(zip(votes, counts.rows))]
    elected = sorted(numbers(s == 'elected' for s in standings.rows), key=lambda no: -votes[no - 1])
    open_seats = seats - len(elected)
    tied, left = numbers(s == 'tied' for s in standings.rows), numbers(s == 'not-elected' for s in standings.rows)
    rules = ['tie/revote-no-line'] if revote else ['majority/over-half'] + ['round/line-again'] * (number_of_round > 1)
    rules += ['majority/highest-first'] * (passed > seats)
    delegates = office in ('delegates', 'alternate-delegates')
    if tied:
        outcome, following = 'tied', ('presiding-body-decides' if revote else 'revote', tied, open_seats)
        rules += ['tie/revote-tied' if revote else 'tie/last-seat', 'tie/no-tie-break']
    elif open_seats == 0:
        outcome, following = 'filled', ('none', [], 0)
    elif level == 'branch' and office == 'secretary' and number_of_round >= 3:
        outcome, following = 'exhausted', ('superior-appoints', [], open_seats)
        rules += ['round/branch-secretary']
    else:
        again = delegates and number_of_round == 1
        outcome, following = 'short', ('vote-again' if again else 'presiding-body-decides', left, open_seats)
        rules += ['round/delegates-continue' if delegates else 'round/short']
    return rows, elected, outcome, open_seats, following, rules


def poll(contest, counts, base, returned):
    """The same of every other question; nobody is elected."""
    question, seats = contest.get('question'), contest.get('seats', 0)
    votes = [row['a'] for row in counts.rows]
    present, outcome, tied, open_seats = contest.electorate['present'], 'done', [], 0
    if question in ('confidence', 'rating', 'survey'):
        fraction = contest.get('fraction_of', 'base') if question != 'survey' else 'base'
        f = {'base': base['count'], 'returned': returned, 'valid': counts.valid}[fraction]
        rows, bands = [], set()
        for row in counts.rows:
            options = [row[c] for c in {'confidence': 'abc', 'rating': 'abcd', 'survey': 'ab'}[question]]
            band = 'none'
            if question == 'confidence':
                band = ('low-two-thirds' if 3 * options[2] >= 2 * f > 0 else 'low-over-half' if 2 * options[2] > f else 'none')
            elif question == 'rating':
                names = ('excellent', 'good', 'satisfactory', 'failed')
                band = next((n for n, o in zip(names, options) if 2 * o > f), 'none')
            bands.add(band)
            rows.append({'options': options, 'shares': [percent(o, f) for o in options], 'band': band})
        rules = {'survey': ['poll/survey'], 'rating': ['poll/rating', 'poll/fraction-base'],
                 'confidence': ['poll/confidence-levels', 'poll/fraction-base']}[question]
        rules += [f'poll/confidence-{band}' for band in ('low-over-half', 'low-two-thirds') if band in bands]
        return rows, None, outcome, 0, ('none', [], 0), rules
    of = present if question == 'opinion' else base['count']
    rows = [{'votes': v, 'against': row['.'] if contest.get('ballot') == 'strike' else row['b'], 'percent': percent(v, of),
             'rank': 1 + sum(other > v for other in votes)} for v, row in zip(votes, counts.rows)]
    rules = [f'poll/{question}'] if question != 'opinion' else ['poll/floor-support']
    if question == 'withdrawal':
        rules += ['poll/withdrawal-base']
        for row, counted in zip(rows, counts.rows):
            row['standing'] = 'stays' if 2 * counted['b'] > base['count'] else 'withdrawn'
    if question == 'opinion':
        room = max(0, seats + surplus_cap(seats) - contest.get('prepared', 0))
        supported = sorted((v for v in votes if 10 * v > 3 * present), reverse=True)
        cut = -1 if len(supported) <= room else supported[room - 1] if room else supported[0]
        above, equal = sum(v > cut for v in supported), sum(v == cut for v in supported)
        if len(supported) > room:
            rules += ['poll/highest-to-cap']
        at_cut = 'listed' if above + equal <= room else 'dropped' if room == 0 else 'tied'
        for row, v in zip(rows, votes):
            row['standing'] = ('not-supported' if 10 * v <= 3 * present else 'listed' if v > cut else
                               at_cut if v == cut else 'dropped')
        if 'tied' in [row['standing'] for row in rows]:
            outcome, open_seats = 'tied', room - above
            tied = numbers(row['standing'] == 'tied' for row in rows)
            rules += ['poll/tie-at-cut']
    following = ('presiding-body-decides', tied, open_seats) if tied else ('none', [], 0)
    return rows, None, outcome, open_seats, following, rules


REASON_ORDER = ('not-issued', 'outside-name', 'marked', 'ruled-invalid', 'too-many', 'nobody', 'one-name-box')


def counting_rules(contest, counts, issued, returned):
    election, form = contest.get('question') == 'election', contest.get('ballot')
    rules = ['base/meeting' if contest.kind in ('committee', 'inspection') else 'base/hand-and-rating-votes' if (
        contest.kind == 'members' and contest.get('question') == 'rating') else 'base/' + contest.kind]
    rules += ['base/not-ballots', 'ballot/' + form] if election else []
    rules += ['reconciliation/excess-accepted'] * (returned > issued) + ['reconciliation/returned-fewer'] * (returned < issued)
    rules += ['validity/full-or-fewer'] * election
    rules += ['validity/row-ignored'] * (form != 'strike' and any(row['.'] + row['*'] for row in counts.rows))
    rules += ['validity/nobody-on-agree'] * (election and form == 'agree' and len(counts.rows) >= 2)
    return rules + ['validity/' + reason for reason in REASON_ORDER if counts.invalid[reason]]


def expected_result(contest, counts, rulings, record):
    """Section 9: the whole result; counts None when the vote was declared void. Steps hold rule ids only."""
    congress, definition = contest.congress, contest.definition
    issued, returned = (contest.box or {}).get('issued', 0), (contest.box or {}).get('returned', 0)
    base = base_object(contest, contest.electorate)
    election, polled = contest.get('question') == 'election', contest.get('question') in ('confidence', 'rating', 'survey')
    if counts is None:
        seats = contest.get('seats', 0)
        rows, elected, outcome, rules = [], [] if election else None, 'void', []
        open_seats, following = seats, ('presiding-body-decides', list(range(1, len(contest.get('rows')) + 1)), seats)
        counts = Counts(0)
    else:
        decided = elect(contest, counts, base, congress['level']) if election else poll(contest, counts, base, returned)
        rows, elected, outcome, open_seats, following, rules = decided
        rules = counting_rules(contest, counts, issued, returned) + rules
        strike = contest.get('ballot') == 'strike'
        for row, counted, listed in zip(rows, counts.rows, contest.get('rows')):
            row.update(no=listed['no'], name=listed['name'], none=0 if strike and not polled else counted['.'],
                       several=counted['*'])
    invalid = sum(counts.invalid.values())
    result = {
        'format': 'kiemphieu/practice-result@1' if congress['purpose'] == 'practice' else 'kiemphieu/result@1',
        'congress': {key: congress[key] for key in ('id', 'title', 'unit', 'term', 'date', 'kind', 'level')},
        'contest': {'round': 1, 'revote': False} | {key: definition[key] for key in (
            'id', 'title', 'question', 'office', 'ballot', 'round', 'revote') if key in definition},
        'regulation': congress['regulation'], 'purpose': congress['purpose'],
        'ballots': {'issued': issued, 'returned': returned, 'accepted': counts.valid + invalid, 'valid': counts.valid,
                    'invalid': invalid, 'invalid_by': {r: n for r, n in counts.invalid.items() if n}, 'rulings': rulings,
                    'corrections': len({(b, n) for b, _, n in contest.corrections})},
        'base': base, 'rows': rows, 'outcome': outcome, 'open_seats': open_seats,
        'next': {'action': following[0], 'rows': following[1], 'seats': following[2]},
        'steps': [{'rule': rule} for rule in rules], 'record': record}
    if contest.get('question') in SEATED:
        result['contest']['seats'] = contest.get('seats', 0)
    if elected is not None:
        result['elected'] = elected
    if contest.results:
        result['replaces'] = contest.results[-1]['body']['sha256']
    return result


def differences(expected, stated, at=''):
    """Pointers to every member in which two JSON values differ."""
    if isinstance(expected, dict) and isinstance(stated, dict):
        for key in sorted(expected.keys() | stated.keys()):
            if key not in expected or key not in stated:
                yield f'{at}/{key}'
            else:
                yield from differences(expected[key], stated[key], f'{at}/{key}')
    elif isinstance(expected, list) and isinstance(stated, list):
        for i, (one, other) in enumerate(zip(expected, stated)):
            yield from differences(one, other, f'{at}/{i}')
        if len(expected) != len(stated):
            yield f'{at}/{min(len(expected), len(stated))}'
    elif type(expected) is not type(stated) or expected != stated:
        yield at


# ---- sections 5, 7, 10 and 11: the whole dossier -----------------------------------------------------------------


class Verifier:
    def __init__(self, options):
        self.options, self.found = options, Findings()
        self.schemas, self.signatures = Schemas(options.schemas), Signatures()
        self.rules = {}
        if options.rules:
            with open(options.rules, encoding='utf-8') as file:
                for rule in json.load(file)['rules']:
                    self.rules[rule['regulation'], rule['rule']] = {
                        key: rule[key] for key in ('rule', 'text_vi', 'text_en', 'document', 'article', 'grade')}
        self.tree, self.entries, self.expected_files, self.optional_files = Tree(), [], set(), set()
        self.congress, self.contests, self.closed = None, {}, False
        self.congress_sha, self.record_id, self.prefix = '', '', None
        self.manifests, self.parsed, self.entered, self.forms = {}, {}, set(), {}

    # -- files

    def walk(self):
        """Names of the files of the folder, as far as a dossier may have them."""
        self.names = set()
        folders = {'manifests', 'bundles', 'results'}

        def look(folder, inside):
            for entry in sorted(os.scandir(os.path.join(self.options.dossier, folder)), key=lambda e: os.fsencode(e.name)):
                name = (folder + '/' if folder else '') + entry.name
                mode = entry.stat(follow_symlinks=False).st_mode
                if stat.S_ISDIR(mode) and not inside and name in folders:
                    look(name, True)
                elif stat.S_ISDIR(mode):
                    self.found.add('dossier/extra-file', shown(name) + '/')
                elif not stat.S_ISREG(mode):
                    self.found.add('dossier/not-a-file', shown(name))
                else:
                    self.names.add(name)

        look('', False)
        self.public = not any(name.startswith('bundles/') for name in self.names) and \
            not os.path.isdir(os.path.join(self.options.dossier, 'bundles'))

    def read(self, name):
        """The bytes of a file that must be there; nothing when it is not."""
        self.expected_files.add(name)
        if name not in self.names:
            self.found.add('dossier/missing-file', name)
            return None
        with open(os.path.join(self.options.dossier, name), 'rb') as file:
            return file.read()

    def schema(self, value, reference, file, at=''):
        """Whether a value has the form that a schema asks for."""
        faults = self.schemas.faults(value, reference, at)
        for code, pointer in faults:
            self.found.add(code, f'{file}#{pointer}')
        return not faults

    # -- everything, in order

    def run(self):
        self.walk()
        congress, record, checkpoint = (self.read(name) for name in ('congress.json', 'record.jsonl', 'checkpoint.txt'))
        self.take_congress(congress)
        if record is not None:
            self.take_record(record)
            self.check_checkpoint(checkpoint)
            self.check_prefix(record)
            self.check_folder()
            self.check_bound()
            self.check_signers()
        return self.found

    def take_congress(self, data):
        if data is None:
            return
        self.congress_sha = sha256(data)
        try:
            congress = read_json(data, 'congress.json')
        except Fault as fault:
            self.found.add(*fault.args)
            return
        if not self.schema(congress, 'congress.schema.json#', 'congress.json'):
            return
        self.congress = congress
        for code, at in congress_faults(congress):
            self.found.add(code, 'congress.json#' + at)
        self.record_id = f'{congress["id"]}-{self.congress_sha[:16]}'
        for contest in congress['contests']:
            self.contests.setdefault(contest['id'], Contest(contest, congress))
            self.take_form(contest)
        for i, contest in enumerate(congress['contests']):
            self.check_among(self.contests[contest['id']].definition, f'congress.json#/contests/{i}')

    def take_record(self, data):
        lines = data.split(b'\n')
        if lines[-1] == b'':
            lines.pop()
        else:
            self.found.add('entry/line-end', 'record.jsonl')
        if not lines:
            self.found.add('entry/none', 'record.jsonl')
        entries = [self.entry_in(line, f'record.jsonl:{i}') for i, line in enumerate(lines, 1)]
        self.public = self.public and any(entry and entry['kind'] == 'bundle' for entry in entries)
        following, before = 0, ''
        for i, (line, entry) in enumerate(zip(lines, entries), 1):
            at = f'record.jsonl:{i}'
            if entry:
                if entry['seq'] != following:
                    self.found.add('entry/seq', at, f'{entry["seq"]}, {following}')
                if entry['at'] < before:
                    self.found.add('entry/time-back', at, f'{entry["at"]}, {before}')
                following, before = entry['seq'], max(before, entry['at'])
                self.take_form(entry['body'].get('contest'))
                self.take_form(entry['body'].get('opens'))
                read = self.bundle_files(entry['body'], at) if entry['kind'] == 'bundle' else None
                if self.congress:
                    self.replay(entry, at, read)
            following += 1
            self.tree.append(line)
        if not self.congress or (lines and not any(entries)):
            self.found.add('entry/not-replayed', 'record.jsonl')
            self.congress = None
        if self.congress:
            self.check_rounds()

    def entry_in(self, line, at):
        try:
            return parse_entry(line, at)
        except Fault as fault:
            self.found.add(*fault.args)
            return None

    def replay(self, entry, at, read):
        kind, body = entry['kind'], entry['body']
        if self.closed:
            self.found.add('entry/after-closed', at)
        elif (kind == 'opened') != (at == 'record.jsonl:1'):
            self.found.add('entry/opened', at)
        elif kind == 'closed':
            self.closed = True
        elif kind == 'opened':
            for key, expected in (('congress', self.congress['id']), ('purpose', self.congress['purpose']),
                                  ('record', self.record_id), ('sha256', self.congress_sha)):
                if body[key] != expected:
                    self.found.add('entry/opened-differs', f'{at}#/body/{key}', f'{body[key]}, {expected}')
        elif kind == 'contest':
            self.take_contest(body['contest'], entry['by'], at)
        elif kind == 'note':
            if body['text'].startswith('hand-count {'):  # totals that nobody can recompute
                self.found.add('count/by-hand', at)
        else:
            contest = self.contests.get(body['contest'])
            if contest is None:
                self.found.add('entry/unknown-contest', at + '#/body/contest', body['contest'])
                return
            frozen = kind in ('electorate', 'box', 'bundle', 'retracted', 'correction', 'ruling', 'confirmed', 'result')
            if frozen and contest.standing():
                self.found.add('entry/result-stands', at, body['contest'])
                return
            if kind in ('retracted', 'correction', 'ruling', 'confirmed', 'reopened') and not self.two_of_board(contest, entry):
                self.found.add('entry/two-of-board', at + '#/by')
            if kind == 'bundle':
                self.take_bundle(contest, entry, body, at, read)
            else:
                getattr(self, 'take_' + kind)(contest, entry, body, at)

    def two_of_board(self, contest, entry):
        able = {name_key(m['name']) for m in contest.board if m['role'] != 'technician'}
        return len(entry['by']) == 2 and all(name_key(name) in able for name in entry['by'])

    def replaces(self, body, expected, at):
        if body.get('replaces') != expected:
            self.found.add('entry/replaces', f'{at}#/body/replaces', f'{body.get("replaces")}, {expected}')

    # -- section 5, one entry each

    def eligible(self, contest, elected_only):
        """name_keys of who is elected in the contest that a list is among, and in its further rounds; of a round without a
        standing result (of all, while the first has none) everyone on the list, unless only the elected are wanted."""
        among, names = contest['among'], set()
        if among not in self.contests:
            return names
        first, settled = re.sub(r'-r[1-9][0-9]?\Z', '', among), self.contests[among].standing()
        for id, other in self.contests.items():
            further = re.fullmatch(re.escape(first) + r'-r[1-9][0-9]?', id) and (
                other.get('round', 1) > self.contests[among].get('round', 1))
            if id == contest['id'] or not (id == among or further):
                continue
            standing, rows = other.standing(), other.get('rows')
            if not elected_only and not (settled and standing):
                names |= {name_key(row['name']) for row in rows}
            elif standing:
                names |= {name_key(rows[no - 1]['name']) for no in elected_of(standing, rows)}
        return names

    def check_among(self, contest, at):
        if 'among' not in contest:
            return
        if contest['among'] == contest['id'] or contest['among'] not in self.contests:
            self.found.add('contest/among-unknown', at + '/among', contest['among'])
            return
        may = self.eligible(contest, False)
        for i, row in enumerate(contest['rows']):
            if name_key(row['name']) not in may:
                self.found.add('list/not-among', f'{at}/rows/{i}/name')

    def has_form(self, contest, at):
        file, _, pointer = at.partition('#')
        return self.schema(contest, 'contest.schema.json#', file, pointer)

    def check_definition(self, contest, at):
        """Section 2, of a contest that comes during the evening."""
        for code, where in contest_faults(contest, self.congress, at):
            self.found.add(code, where)
        if 'electorate' not in contest:
            old = self.contests.get(contest['id'])
            electorate = (old.entered if old else None) or self.congress['electorate']
            for code, where in electorate_faults(electorate, contest.get('kind', self.congress['kind']), at + '/electorate'):
                self.found.add(code, where)

    def take_contest(self, contest, by, entry_at):
        at = entry_at + '#/body/contest'
        if not self.has_form(contest, at):
            return
        self.check_definition(contest, at)
        old = self.contests.get(contest['id'])
        if old and old.begun():
            self.found.add('entry/contest-frozen', at, contest['id'])
            return
        pinned = (('question', 0), ('office', 0), ('seats', 0), ('round', 1), ('revote', False))
        if old and old.opened_by_decision and any(contest.get(key, usual) != old.get(key, usual) for key, usual in pinned):
            self.found.add('entry/contest-pinned', at, contest['id'])
            return
        if old:
            if len(by) < 2 and self.congress['purpose'] == 'official':
                self.found.add('contest/replaced-by-one', entry_at + '#/by')
            old.take(contest)
        else:
            self.contests[contest['id']] = Contest(contest, self.congress)
        self.check_among(contest, at)

    def take_electorate(self, contest, entry, body, at):
        file, _, pointer = (at + '#/body/electorate').partition('#')
        if not self.schema(body['electorate'], 'contest.schema.json#/definitions/electorate', file, pointer):
            return
        for code, where in electorate_faults(body['electorate'], contest.kind, at + '#/body/electorate'):
            self.found.add(code, where)
        if contest.box and (len(entry['by']) < 2 or blank(body.get('note', ''))):
            self.found.add('entry/two-and-note', at)
        contest.entered = body['electorate']

    def take_box(self, contest, entry, body, at):
        if contest.box and (len(entry['by']) < 2 or blank(body.get('note', ''))):
            self.found.add('entry/two-and-note', at)
        self.replaces(body, contest.box_seq, at)
        contest.box, contest.box_seq = body, entry['seq']

    def take_bundle(self, contest, entry, body, at, read):
        key = (body['bundle'], body['pass'])
        if key in contest.passes:
            self.found.add('entry/pass-again', at, f'{key[0]}, {key[1]}')
            return
        for (bundle, _), other in contest.passes.items():
            if other['sha256'] == body['sha256'] and bundle != body['bundle']:
                self.found.add('dossier/bundle-equal-bytes', f'bundles/{body["sha256"]}.csv')
        contest.passes[key] = body | {'seq': entry['seq'], 'retracted': False,
                                      'read': read if self.forms.get(body['contest']) == form_of(contest.definition) else None}

    def take_form(self, contest):
        """What the ballots of a contest look like, from whatever was last put down of it, right or wrong."""
        if is_object(contest) and is_text(contest.get('id')) and form_of(contest):
            self.forms[contest['id']] = form_of(contest)

    def bundle_files(self, body, at):
        """Looks at the files of a bundle's entry, whatever comes of the entry. Its ballots; nothing when they cannot be read."""
        self.entered.add((body['contest'], body['bundle'], body['pass'], body['sha256']))
        self.check_manifest_item(body, at)
        name, form = f'bundles/{body["sha256"]}.csv', self.forms.get(body['contest'])
        if self.public:
            self.found.add('count/not-recomputed')
            return None
        data = self.read(name)
        key = (body['sha256'], form)
        if data is not None and key not in self.parsed:
            self.parsed[key] = None
            if sha256(data) != body['sha256']:
                self.found.add('dossier/digest', name, sha256(data))
            elif form:
                try:
                    self.parsed[key] = parse_bundle(data, form[0], form[1], name)
                except Fault as fault:
                    self.found.add(*fault.args)
        ballots = self.parsed.get(key)
        if ballots is not None and len(ballots) != body['ballots']:
            self.found.add('dossier/bundle-ballots', at, f'{body["ballots"]}, {len(ballots)}')
        return ballots

    def take_retracted(self, contest, entry, body, at):
        one = contest.passes.get((body['bundle'], body['pass']))
        if one is None or one['retracted']:
            self.found.add('entry/pass-not-in-force', at, f'{body["bundle"]}, {body["pass"]}')
            return
        if body['seq'] != one['seq']:
            self.found.add('entry/wrong-seq', at + '#/body/seq', f'{body["seq"]}, {one["seq"]}')
        one['retracted'] = True
        for key in [k for k in contest.corrections if k[:2] == (body['bundle'], body['pass'])]:
            del contest.corrections[key]

    def marks_fit(self, contest, marks, at, unreadable):
        allowed = set(MARKS[contest.get('ballot')]) - (set() if unreadable else {'?'})
        if len(marks) == len(contest.get('rows')) and set(marks) <= allowed:
            return True
        self.found.add('entry/marks', at + '#/body/marks')
        return False

    def take_correction(self, contest, entry, body, at):
        one = contest.passes.get((body['bundle'], body['pass']))
        key = (body['bundle'], body['pass'], body['ballot'])
        if one is None or one['retracted']:
            self.found.add('entry/pass-not-in-force', at, f'{key[0]}, {key[1]}')
            return
        if one['read'] is not None and body['ballot'] not in one['read']:
            self.found.add('entry/no-ballot', at, f'{key[0]}, {key[2]}')
            return
        self.replaces(body, contest.corrections[key][0] if key in contest.corrections else None, at)
        if not self.marks_fit(contest, body['marks'], at, True):
            return
        before = contest.reading(one, body['ballot'])[1] if one['read'] is not None else {}
        since = {flag: before.get(flag, entry['seq']) for flag in flags_in(body['flags'])}
        contest.corrections[key] = (entry['seq'], body['marks'], body['flags'], since)

    def take_ruling(self, contest, entry, body, at):
        key = (body['bundle'], body['ballot'])
        if key[0] not in contest.in_force() or contest.has_ballot(*key) is False:
            self.found.add('entry/no-ballot', at, f'{key[0]}, {key[1]}')
            return
        self.replaces(body, contest.rulings[key][0] if key in contest.rulings else None, at)
        if 'invalid' in body or self.marks_fit(contest, body['marks'], at, False):
            contest.rulings[key] = (entry['seq'], body)

    def take_confirmed(self, contest, entry, body, at):
        waiting = len(contest.waiting())
        known = all(one['read'] is not None for passes in contest.in_force().values() for one in passes)
        if known and body['ballots'] != waiting:
            self.found.add('entry/confirmed', at + '#/body/ballots', f'{body["ballots"]}, {waiting}')
        contest.confirmed = entry['seq']

    def take_decision(self, contest, entry, body, at):
        action, standing = body['action'], contest.standing()
        if body['votes_for'] > body['of']:
            self.found.add('entry/votes', at, f'{body["votes_for"]}, {body["of"]}')
            return
        outcome = standing['outcome'] if standing else ''
        election, opinion = contest.get('question') == 'election', contest.get('question') == 'opinion'
        if action in ('void', 'accept-excess'):
            fits = contest.box is not None and not standing and 'opens' not in body and 'alternates' not in body
            if fits and action == 'accept-excess':
                excess = contest.box['returned'] - contest.box['issued']
                fits = 0 < excess <= contest.rulings_in_force()[1]['not-issued']
        else:
            fits = standing is not None and not contest.decided and ('opens' in body) == (action in ('revote', 'vote-again')) and (
                ('alternates' in body) == (action == 'alternates')) and {
                'revote': election and outcome == 'tied', 'vote-again': outcome in ('short', 'void'),
                'accept-short': election and outcome in ('short', 'tied', 'exhausted'),
                'list': opinion and outcome == 'tied',
                'alternates': election and outcome == 'filled' and contest.get('office') == 'delegates'
                and not contest.get('revote', False) and may_take_alternates(standing['body']['result'], body.get('alternates', 0))
            }.get(action, False)
        if not fits:
            self.found.add('entry/decision', at + '#/body/action', f'{action}, {outcome or "-"}')
        elif action in ('void', 'accept-excess'):
            contest.before = action
        else:
            contest.decided = True
            if 'opens' in body:
                self.open_round(contest, action, body['opens'], at + '#/body/opens')

    def open_round(self, parent, action, opens, at):
        """Section 5, `opens`: the further round must follow from the parent's result."""
        if not self.has_form(opens, at):
            return
        result = parent.standing()
        following = result['body']['result'].get('next')
        following = following if is_object(following) else {}
        first, n = re.sub(r'-r[1-9][0-9]?\Z', '', parent.get('id')), parent.get('round', 1) + 1
        while (void := self.contests.get(f'{first}-r{n}')) and void.standing() and void.standing()['void']:
            n += 1
        revote = action == 'revote' or (parent.get('revote', False) and result['void'])
        wrong = [key for key, expected in (
            ('id', f'{first}-r{n}'), ('round', n), ('revote', revote), ('question', parent.get('question')),
            ('office', parent.get('office')), ('title', parent.get('title')), ('seats', following.get('seats')),
            ('kind', parent.get('kind')), ('board', parent.get('board')))
            if opens.get(key, {'round': 1, 'revote': False}.get(key)) != expected]
        there = self.contests.get(opens['id'])
        if there and (there.begun() or not there.opened_by_decision):
            wrong.append('id')
        if opens.get('electorate', self.congress['electorate']) != parent.electorate:
            wrong.append('electorate')
        left = following.get('rows') if isinstance(following.get('rows'), list) else []
        for i, row in enumerate(opens['rows']):
            if 'from' not in row and not revote:
                continue
            if row.get('from') not in left or row['from'] > len(parent.get('rows')):
                wrong.append(f'rows/{i}/from')
                break
            left = left[left.index(row['from']) + 1:]
            if {**row, 'no': 0, 'from': 0} != {**parent.get('rows')[row['from'] - 1], 'no': 0, 'from': 0}:
                wrong.append(f'rows/{i}')
        for key in wrong:
            self.found.add('entry/opens', f'{at}/{key}', parent.get('id'))
        if not wrong:
            self.check_definition(opens, at)
            self.contests[opens['id']] = Contest(opens, self.congress, True)
            self.contests[opens['id']].opened_on = (parent.get('id'), result['seq'])
            self.check_among(opens, at)

    def check_rounds(self):
        """Section 5: rounds on a result that does not stand any more, and more elected than there are seats."""
        for name, contest in sorted(self.contests.items()):
            standing = contest.standing()
            if contest.opened_on and contest.begun() and not (standing and standing['void']):
                parent = self.contests[contest.opened_on[0]].standing()
                if not parent or parent['seq'] != contest.opened_on[1]:
                    self.found.add('result/parent-reopened', contest.opened_on[0], name)
            if contest.opened_by_decision or contest.get('question') != 'election':
                continue
            rounds = [one for other, one in self.contests.items() if one.standing() and (
                other == name or one.opened_by_decision and re.sub(r'-r[1-9][0-9]?\Z', '', other) == name)]
            elected = sum(len(elected_of(one.standing(), one.get('rows'))) for one in rounds)
            if elected > contest.get('seats', 0):
                self.found.add('result/more-than-seats', name, f'{elected}, {contest.get("seats", 0)}')

    # -- results

    def gate(self, contest, where):
        """Section 7, before a result that is not void. Whether every ballot can be counted: all passes agree, none is doubtful."""
        box, bundles, settled = contest.box, contest.in_force(), True
        if box is None:
            self.found.add('result/gate-no-box', where)
            box = {'issued': 0, 'returned': 0}
        issued, returned = box['issued'], box['returned']
        if issued > contest.electorate['present']:
            self.found.add('result/gate-issued', where, f'{issued}, {contest.electorate["present"]}')
        if returned > issued and contest.before != 'accept-excess':
            self.found.add('result/gate-returned', where, f'{returned}, {issued}')
        ruled = contest.rulings_in_force()[1]['not-issued']
        if contest.before == 'accept-excess' and ruled < returned - issued:
            self.found.add('result/gate-excess', where, f'{returned - issued}, {ruled}')
        held = sum(passes[0]['ballots'] for passes in bundles.values())
        if contest.box and held != returned:
            self.found.add('result/gate-sum', where, f'{held}, {returned}')
        waiting = {bundle for bundle, _ in contest.waiting()}
        for bundle, passes in bundles.items():
            at = f'{where}/{bundle}'
            for one in passes:
                if one.get('counted', one['ballots']) != one['ballots']:
                    self.found.add('result/gate-counted', at, f'{one["pass"]}, {one["counted"]}, {one["ballots"]}')
            if len(passes) < self.congress['passes_required']:
                self.found.add('result/gate-passes', at, f'{len(passes)}, {self.congress["passes_required"]}')
            keyers = [name_key(one['by']) for one in passes if 'by' in one]
            stations = [one['station'] for one in passes]
            if len(set(keyers)) < len(keyers) or len(set(stations)) < len(stations):
                self.found.add('result/gate-not-independent', at)
            if any(one['read'] is None for one in passes):
                continue
            if self.passes_differ(contest, bundle, passes):
                self.found.add('result/gate-passes-differ', at)
                settled = False
            unread = any('?' in contest.reading(one, n)[0] for one in passes for n in one['read']
                         if (bundle, n) not in contest.rulings)
            if unread or bundle in waiting:
                self.found.add('result/gate-doubtful', at)
                settled = False
        if 'among' in contest.definition:
            elected = self.eligible(contest.definition, True)
            if any(name_key(row['name']) not in elected for row in contest.get('rows')):
                self.found.add('result/gate-not-elected', where, contest.get('among'))
        return settled

    @staticmethod
    def passes_differ(contest, bundle, passes):
        def readings(one):
            ruled = {n for b, n in contest.rulings if b == bundle}
            return {n: None if n in ruled else (marks, set(flags)) for n in one['read']
                    for marks, flags in [contest.reading(one, n)]}
        return any(readings(one) != readings(passes[0]) for one in passes[1:])

    def take_result(self, contest, entry, body, at):
        id, stated = contest.get('id'), body['result']
        where = f'results/{id}.json'
        void = contest.before == 'void'
        recounted, counts = True, None
        if not void:
            settled = self.gate(contest, id)
            recounted = settled and not self.public and all(one['read'] is not None for passes in contest.in_force().values() for one in passes)
            counts = Counts(len(contest.get('rows')))
            if recounted:
                counts.count(contest)
            elif not counts.take_from(stated, contest):
                self.found.add('result/arithmetic', where)
        self.replaces(body, contest.results[-1]['seq'] if contest.results else None, at)
        if sha256(canonical(stated)) != body['sha256']:
            self.found.add('result/digest', at + '#/body/sha256', sha256(canonical(stated)))
        self.compare_result(contest, counts, stated, where)
        contest.results.append({'seq': entry['seq'], 'body': body, 'outcome': stated.get('outcome'), 'void': void,
                                'recounted': recounted})
        contest.reopened, contest.decided, contest.signatures, contest.p7s = False, False, [], b''

    def compare_result(self, contest, counts, stated, where):
        least, most = contest.rulings_in_force()
        rulings = stated.get('ballots', {}).get('rulings') if is_object(stated.get('ballots')) else None
        if not is_count(rulings) or not least['all'] <= rulings <= most['all']:
            rulings = most['all']
        record = {'id': self.record_id, 'size': self.tree.size, 'root': self.tree.roots[-1].hex()}
        expected = expected_result(contest, counts, rulings, record)
        steps = stated.get('steps') if isinstance(stated.get('steps'), list) else []
        for step, told in zip(expected['steps'], steps):
            text = self.rules.get((self.congress['regulation'], step['rule']))
            if text is not None or self.rules:
                step.update(text or {})
            elif is_object(told):
                step.update({key: told[key] for key in ('text_vi', 'text_en', 'document', 'article', 'grade')
                             if is_text(told.get(key))})
        for pointer in differences(expected, stated):
            row = re.match('/(rows|elected)(/|$)', pointer)
            self.found.add('result/row-differs' if row else 'result/differs', f'{where}#{pointer}')

    def take_reopened(self, contest, entry, body, at):
        standing = contest.standing()
        if standing is None or standing['seq'] != body['result']:
            self.found.add('entry/not-standing', at + '#/body/result', f'{body["result"]}, {contest.get("id")}')
            return
        contest.reopened, contest.before = True, None

    def take_signed(self, contest, entry, body, at):
        standing = contest.standing()
        if standing is None or standing['seq'] != body['result']:
            self.found.add('entry/not-standing', at + '#/body/result', f'{body["result"]}, {contest.get("id")}')
            return
        if body['sha256'] != standing['body']['sha256']:
            self.found.add('signature/other-result', at)
            return
        try:
            p7s = base64.b64decode(body['p7s'], validate=True)
            if base64.b64encode(p7s).decode() != body['p7s']:
                raise ValueError
        except ValueError:
            p7s = b''
        signers = self.signatures.signers(p7s, canonical(standing['body']['result']))
        if signers is None:
            self.found.add('signature/bad', at + '#/body/p7s')
            return
        digests = {certificate.digest: certificate for certificate in signers}
        if body['certificate'] not in digests:
            self.found.add('signature/not-in-file', at + '#/body/certificate')
            return
        for signed in contest.signatures:
            if signed['certificate'].digest not in digests:
                self.found.add('signature/dropped', at, signed['certificate'].digest)
        contest.signatures = [signed for signed in contest.signatures if signed['certificate'].digest in digests]
        if body['certificate'] not in [signed['certificate'].digest for signed in contest.signatures]:
            contest.signatures.append({'at': entry['at'], 'certificate': digests[body['certificate']]})
        contest.p7s = p7s

    # -- section 3: manifests

    def manifest(self, digest):
        """A manifest's items by contest, bundle and pass, and its signers; nothing when it is no manifest."""
        if digest in self.manifests:
            return self.manifests[digest]
        self.manifests[digest] = None
        name = f'manifests/{digest}.json'
        self.optional_files.add(name + '.p7s')
        data = self.read(name)
        if data is None:
            return None
        if sha256(data) != digest:
            self.found.add('dossier/digest', name, sha256(data))
            return None
        try:
            manifest = read_json(data, name)
        except Fault as fault:
            self.found.add(*fault.args)
            return None
        if not self.schema(manifest, 'manifest.schema.json#', name):
            return None
        if self.congress and manifest['congress'] != self.congress['id']:
            self.found.add('dossier/manifest-congress', name + '#/congress', f'{manifest["congress"]}, {self.congress["id"]}')
        items = {}
        for i, item in enumerate(manifest['bundles']):
            if item['file'].startswith('/') or '\\' in item['file'] or '..' in item['file'].split('/'):
                self.found.add('dossier/manifest-path', f'{name}#/bundles/{i}/file')
            if 'by' in item and blank(item['by']):
                self.found.add('schema/pattern', f'{name}#/bundles/{i}/by')
            key = (manifest['contest'], item['bundle'], item['pass'])
            if key in items:
                self.found.add('dossier/manifest-twice', f'{name}#/bundles/{i}', f'{key[1]}, {key[2]}')
            items[key] = item
        signers = []
        if name + '.p7s' in self.names:
            signers = self.signatures.signers(self.read(name + '.p7s'), data)
            if signers is None:
                self.found.add('signature/bad', name + '.p7s')
            else:
                signers = sorted({certificate.digest for certificate in signers})
        self.manifests[digest] = (items, signers)
        return self.manifests[digest]

    def check_manifest_item(self, body, at):
        manifest = self.manifest(body['manifest'])
        name = f'manifests/{body["manifest"]}.json'
        if body['signers'] and name + '.p7s' not in self.names:
            self.read(name + '.p7s')
        if manifest is None:
            return
        items, signers = manifest
        item = items.get((body['contest'], body['bundle'], body['pass']))
        if item is None:
            self.found.add('dossier/manifest-no-item', at, name)
        else:
            for key in ('sha256', 'ballots', 'station', 'by', 'method', 'counted'):
                if item.get(key) != body.get(key):
                    self.found.add('dossier/manifest-differs', f'{at}#/body/{key}', name)
        if signers is not None and signers != body['signers'] and name + '.p7s' in self.names:
            self.found.add('dossier/manifest-signers', at + '#/body/signers')

    # -- when everything is replayed

    def check_checkpoint(self, data):
        if data is None:
            return
        lines = data.decode('utf-8', 'replace').split('\n')
        if len(lines) != 4 or lines[3] != '':
            self.found.add('checkpoint/form', 'checkpoint.txt')
            return
        expected = [f'{self.origin()}/{self.record_id}' if self.congress else lines[0], str(self.tree.size),
                    base64.b64encode(self.tree.roots[-1]).decode()]
        for i, (line, want) in enumerate(zip(lines, expected), 1):
            if line != want:
                self.found.add('checkpoint/mismatch', f'checkpoint.txt:{i}', f'{line}, {want}')

    def check_prefix(self, record):
        """Section 11: an older dossier, a checkpoint, or "SIZE ROOT" is the beginning of this record."""
        older = self.options.prefix
        if not older:
            return
        origin, before, now = '', [], record.removesuffix(b'\n').split(b'\n')
        try:
            if os.path.isdir(older):
                with open(os.path.join(older, 'record.jsonl'), 'rb') as file:
                    before = file.read().removesuffix(b'\n').split(b'\n')
                if before == [b'']:
                    raise ValueError
                size, root = len(before), None
            else:
                if os.path.exists(older):
                    with open(older, encoding='utf-8') as file:
                        older = file.read()
                lines = older.removesuffix('\n').split('\n')
                origin, size, root = lines if len(lines) == 3 else ('', *re.split('[ :]', older, maxsplit=1))
                if len(lines) not in (1, 3) or not re.fullmatch('[0-9]+', size) or not int(size):
                    raise ValueError
                size, root = int(size), typed_root(root)
        except (FileNotFoundError, ValueError) as error:
            self.found.add('file/missing' if isinstance(error, OSError) else 'prefix/form', shown(self.options.prefix))
            return
        fork = next((i for i, (one, other) in enumerate(zip(before, now), 1) if one != other), None)
        if fork:
            self.found.add('prefix/fork', f'record.jsonl:{fork}', str(fork - 1))
        elif origin and self.record_id and origin != f'{self.origin()}/{self.record_id}':
            self.found.add('prefix/other-record', '--prefix', f'{origin}, {self.record_id}')
        elif size > self.tree.size:
            self.found.add('prefix/longer', '--prefix', f'{size}, {self.tree.size}')
        elif root and root != self.tree.roots[size]:
            self.found.add('prefix/differs', 'record.jsonl', str(size))
        else:
            self.prefix = size

    def origin(self):
        return 'kiemphieu-practice' if self.congress and self.congress['purpose'] == 'practice' else 'kiemphieu'

    def check_folder(self):
        for digest, manifest in self.manifests.items():
            for key, item in (manifest or ({}, None))[0].items():
                if (*key, item['sha256']) not in self.entered:
                    self.found.add('dossier/manifest-not-in-record', f'manifests/{digest}.json', f'{key[1]}, {key[2]}')
        if self.congress is None:
            return
        edited = defaultdict(set)
        for id, contest in self.contests.items():
            for (bundle, _), one in contest.passes.items():
                if any(b == bundle for b, *_ in [*contest.corrections, *contest.rulings]):
                    edited[f'bundles/{one["sha256"]}.csv'].add((id, bundle))
            standing = contest.standing()
            if standing is None:
                continue
            name = f'results/{id}.json'
            data = self.read(name)
            if data is not None and data != canonical(standing['body']['result']):
                self.found.add('result/file-differs', name)
            self.optional_files.add(f'results/{id}.pdf')
            if contest.p7s:
                data = self.read(name + '.p7s')
                if data is not None and data != contest.p7s:
                    self.found.add('signature/file-differs', name + '.p7s')
        for name, bundles in edited.items():
            if len(bundles) > 16 and os.path.getsize(os.path.join(self.options.dossier, name)) > 2**16:
                self.found.add('dossier/bundle-too-often', name, str(len(bundles)))
        for name in sorted(self.names - self.expected_files - self.optional_files):
            self.found.add('dossier/extra-file', shown(name))

    def check_bound(self):
        """What was typed from paper, and how much of the record it covers."""
        self.bound = False
        if self.congress is None:
            return
        covered, agreed = -1, False
        standing = {id: c.standing() for id, c in self.contests.items() if c.standing()}
        for typed in self.options.digests:
            named = [(id, contest, result) for id, contest in self.contests.items() for result in contest.results
                     if result['body']['sha256'] == typed]
            if not named:
                self.found.add('bound/mismatch', '', typed)
            for id, contest, result in named[-1:]:
                agreed = True
                if result is contest.standing():
                    covered = max(covered, result['seq'])
                else:
                    self.found.add('bound/replaced', id)
        if self.options.root:
            sizes = [n for n, root in enumerate(self.tree.roots) if root == self.options.root]
            if not sizes:
                self.found.add('bound/mismatch', '', self.options.root.hex())
            else:
                agreed, covered = True, max(covered, sizes[-1] - 1)
                covered += any(r['seq'] == sizes[-1] and r['recounted'] for r in standing.values())
        if agreed:
            late = [id for id, result in standing.items() if result['seq'] > covered]
            for id in late:
                self.found.add('bound/not-covered', id)
            self.bound = not late

    def check_signers(self):
        """Who signed each standing result, and who of them counts."""
        ca, self.signed, self.counting = self.options.ca, False, {}
        if ca:
            try:
                with open(ca, 'rb') as file:
                    if b'-----BEGIN CERTIFICATE-----' not in file.read():
                        raise ValueError
            except (OSError, ValueError) as error:
                self.found.add('file/missing' if isinstance(error, OSError) else 'signature/ca', ca)
                return
        required, enough = self.congress['signatures_required'] if self.congress else 0, True
        for id, contest in self.contests.items():
            if contest.standing() is None:
                continue
            pinned = {member['certificate'] for member in contest.board if 'certificate' in member}
            attributed, named = set(), set()
            for signed in contest.signatures:
                certificate, at = signed['certificate'], signed['at']
                fault = ('expired' if not certificate.valid_at(at) else 'weak-key' if certificate.weak else
                         ('' if certificate.digest in pinned else 'not-pinned') if pinned else
                         ('' if self.signatures.under(ca, certificate, contest.p7s, at) else 'untrusted') if ca else '')
                if fault:
                    self.found.add('signature/' + fault, f'results/{id}.json.p7s', certificate.digest)
                    continue
                named.add(certificate.key)  # one key is one signer
                if pinned or ca:
                    attributed.add(certificate.key)
            self.counting[id] = len(named)
            enough = enough and len(attributed) >= max(1, required)
            if len(named) < required:
                self.found.add('signature/too-few', id, f'{len(named)}, {required}', self.options.unsigned)
        self.signed = enough and bool(self.counting)

    def level(self):
        if self.found.errors():
            return 'none'
        return 'signed' if self.signed else 'bound' if self.bound else 'consistent'


def shown(name):
    """A file's name with everything that is not plain text escaped."""
    raw = os.fsencode(name)
    try:
        text = raw.decode()
        return ''.join(c if c.isprintable() else ''.join(f'\\x{b:02x}' for b in c.encode()) for c in text)
    except UnicodeDecodeError:
        return ''.join(chr(b) if 0x20 <= b < 0x7F else f'\\x{b:02x}' for b in raw)


# ---- the program ------------------------------------------------------------------------------------------------

LEVELS = {'none': ('CÓ LỖI: đừng tin hồ sơ này', 'FAULTS: do not trust this dossier'),
          'consistent': ('TỰ KHỚP: hồ sơ khớp với chính nó; chưa rõ ai lập', 'CONSISTENT: agrees with itself; who made it is not shown'),
          'bound': ('KHỚP VỚI GIẤY: khớp với mã số gõ từ biên bản giấy', 'BOUND: agrees with what was typed from signed paper'),
          'signed': ('CÓ CHỮ KÝ: mọi kết quả đủ chữ ký số được tính', 'SIGNED: every result has enough signers who count')}


class Usage(Exception):
    pass


class Parser(argparse.ArgumentParser):
    def error(self, message):
        raise Usage(message)


def typed_digest(value):
    digits = ''.join(value.split()).lower()
    if not is_digest(digits):
        raise ValueError
    return digits


def typed_root(value):
    typed = ''.join(value.split())
    root = bytes.fromhex(typed) if is_digest(typed.lower()) else base64.b64decode(typed, validate=True)
    if len(root) != 32:
        raise ValueError
    return root


def parse_words(words):
    parser = Parser(add_help=False, allow_abbrev=False)
    parser.add_argument('dossier')
    parser.add_argument('--digest', dest='digests', action='append', default=[], type=typed_digest)
    parser.add_argument('--root', type=typed_root)
    parser.add_argument('--lang', choices=('vi', 'en'), default='en' if os.environ.get('KP_LANG') == 'en' else 'vi')
    for name in ('--ca', '--prefix', '--schemas', '--rules'):
        parser.add_argument(name)
    for name in ('--unsigned', '--json'):
        parser.add_argument(name, action='store_true')
    options = parser.parse_args(words)
    here = os.path.dirname(os.path.abspath(__file__))
    folders = [options.schemas] if options.schemas else [here, os.path.join(here, '..', 'schemas')]
    options.schemas = next((f for f in folders if os.path.exists(os.path.join(f, 'congress.schema.json'))), None)
    if options.schemas is None:
        raise Usage('--schemas: congress.schema.json, contest.schema.json, manifest.schema.json')
    if options.rules and not os.path.exists(options.rules):
        raise Usage('--rules: ' + options.rules)
    return options


def report_of(options):
    """Everything that is to be said about a dossier, as --json says it."""
    report = {'practice': False, 'record': {'id': '', 'root': hashlib.sha256(b'').hexdigest(), 'size': 0}, 'results': [], 'level': 'none'}
    found = Findings()
    if not os.path.lexists(options.dossier):
        found.add('file/missing', options.dossier)
    elif not os.path.isdir(options.dossier):
        found.add('dossier/not-a-folder', options.dossier)
    else:
        verifier = Verifier(options)
        try:
            found = verifier.run()
            report['level'] = verifier.level()
        except OSError as error:
            found = verifier.found
            found.add('file/unreadable', str(error.filename or options.dossier), error.strerror or '')
        except Exception as error:  # whatever a folder holds, it is judged
            found = verifier.found
            found.add('dossier/stopped', '', f'{type(error).__name__}: {error}')
        report['practice'] = bool(verifier.congress) and verifier.congress['purpose'] == 'practice'
        report['record'] = {'id': verifier.record_id, 'root': verifier.tree.roots[-1].hex(), 'size': verifier.tree.size}
        report |= {} if verifier.prefix is None else {'prefix': verifier.prefix}
        standing = [(c.standing()['seq'], id, c.standing()) for id, c in verifier.contests.items() if c.standing()]
        for _, id, standing in sorted(standing, key=lambda one: one[0]):
            report['results'].append({'contest': id, 'outcome': standing['outcome'], 'recounted': standing['recounted'],
                                      'sha256': standing['body']['sha256'], 'signers': verifier.counting.get(id, 0)})
    return report | {'findings': list(found), 'ok': not found.errors()}


def text_of(report, vi):
    lines = []
    if report['practice']:
        lines += ['*** DIỄN TẬP, không phải kết quả thật ***' if vi else '*** PRACTICE, not a real result ***']
    lines += [f'{report["record"]["id"]}: {report["record"]["size"]} {"mục" if vi else "entries"}, {report["record"]["root"]}']
    if 'prefix' in report:
        lines += [f'{"So với bản cũ, số mục đầu vẫn y nguyên" if vi else "First entries the same as in the older one"}: {report["prefix"]}']
    for result in report['results']:
        counted = (('đã đếm lại từ từng phiếu', 'recounted from every ballot') if result['recounted'] else
                   ('không đếm lại được', 'not recounted'))[not vi]
        signers = f'{"chữ ký được tính" if vi else "signers who count"}: {result["signers"]}'
        lines += [f'  {result["contest"]}: {result["outcome"]}; {counted}; {signers}', f'    {result["sha256"]}']
    words = {'error': 'LỖI' if vi else 'ERROR', 'warning': 'CHÚ Ý' if vi else 'WARNING'}
    for finding in report['findings']:
        lines += [f'{words[finding["severity"]]} [{finding["code"]}] {finding["where"]}{": " * bool(finding["message"])}{finding["message"]}']
    if report['findings']:
        lines += ['Nghĩa của từng mã và việc cần làm: docs/formats.md, mục 13.' if vi else
                  'What each code means and what to do next: docs/formats.md, section 13.']
    return '\n'.join(lines + [f'{LEVELS[report["level"]][not vi]} ({report["level"]})'])


def main(words):
    if '--help' in words or '-h' in words:
        print(__doc__)
        return 0
    try:
        options = parse_words(words)
    except Usage as error:
        if '--json' in words:
            finding = {'code': 'usage/command-line', 'severity': 'error', 'where': '', 'message': str(error)}
            print(canonical({'findings': [finding], 'ok': False}).decode())
        print(f'kiemphieu_verify.py: {error}\n{__doc__.split(chr(10) * 2)[1]}', file=sys.stderr)
        return 2
    report = report_of(options)
    print(canonical(report).decode() if options.json else text_of(report, options.lang != 'en'))
    return 0 if report['ok'] else 1


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
