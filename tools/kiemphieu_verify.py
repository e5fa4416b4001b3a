#!/usr/bin/env python3
"""The second verifier: judges a dossier on a machine where nothing can be installed.

    python3 kiemphieu_verify.py DOSSIER [--ca FILE] [--digest D]... [--root R] [--prefix OLD] [--unsigned] [--json]
                                        [--without-minutes] [--lang vi|en] [--rules FILE] [--schemas DIR]

Python 3.11 alone; signatures through the `openssl` command. Written from docs/formats.md, with no line of the programs
it judges: where a section stands below, that section is what the code restates. The codes are those of section 13,
which says what each means and what to do next.

With kiemphieu_count.py beside it, it answers: is the record whole, is each result what the ballots in it come to, who
signed it, is it the one on paper. Whether people did what they may, and when they may, is for kiemphieu_procedure.py:
where that lies here too they judge together (and know the last two options); else procedure/not-judged says so.

Exit 0: no error. 1: at least one error, or the dossier cannot be read. 2: the command line is wrong.
"""
import argparse, base64, functools, hashlib, os, re, stat, subprocess, sys, tempfile
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

sys.dont_write_bytecode = True  # leaves nothing behind in the folder it stands in
from kiemphieu_count import (
    Contest, Fault, canonical, differences, expected_result, must, name_key, parse_bundle, read_json, sha256)

WARNINGS = {'dossier/bundle-equal-bytes', 'count/not-recomputed', 'count/by-hand', 'signature/untrusted',
            'signature/not-pinned', 'signature/expired', 'signature/weak-key', 'bound/not-covered',
            'contest/replaced-by-one', 'result/parent-reopened', 'procedure/not-judged'}
MOST_OF_A_CODE = 100  # findings of one code that are listed
MALFORMED = (AttributeError, IndexError, KeyError, TypeError)  # comes of a member that is missing or of a wrong type

# ---- section 4: entries and the tree --------------------------------------------------------------------------------

KINDS = ('opened', 'contest', 'electorate', 'box', 'bundle', 'retracted', 'correction', 'ruling', 'confirmed',
         'decision', 'result', 'reopened', 'signed', 'note', 'closed')
FROZEN = ('electorate', 'box', 'bundle', 'retracted', 'correction', 'ruling', 'confirmed', 'result')  # by a result

def is_moment(value):
    """Whether it is a second of the calendar, written in full."""
    try:
        return datetime.strptime(value, '%Y-%m-%dT%H:%M:%SZ').isoformat() + 'Z' == value
    except (TypeError, ValueError):
        return False

def parse_entry(line, at):
    """One line of record.jsonl as an entry, or the first thing that is wrong with it."""
    entry = read_json(line, at)
    must(canonical(entry) == line, 'entry/not-canonical', at)
    must(isinstance(entry, dict) and sorted(entry) == ['at', 'body', 'by', 'kind', 'seq'], 'entry/keys', at)
    must(type(entry['seq']) is int, 'entry/body', at + '#/seq')
    must(entry['kind'] in KINDS, 'entry/kind', at + '#/kind')
    must(is_moment(entry['at']), 'entry/time', at + '#/at')
    by = entry['by'] if isinstance(entry['by'], list) else []
    people = {name_key(name) for name in by if isinstance(name, str)} - {''}
    must(1 <= len(people) <= 2 and len(people) == len(by), 'entry/people', at + '#/by')
    must(isinstance(entry['body'], dict), 'entry/body', at + '#/body')
    return entry

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
        self.roots.append(functools.reduce(lambda root, peak: hashlib.sha256(b'\1' + peak + root).digest(),
                                           reversed(self.peaks)))

# ---- section 11: signatures, through openssl ------------------------------------------------------------------------

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

# Names of algorithms, as DER: the digests that count, and for each the RSA and the ECDSA algorithm that go with it.
PLAIN_DATA = bytes.fromhex('2a864886f70d010701')
NULL, RSA, PSS, ELLIPTIC = map(bytes.fromhex, (
    '0500', '06092a864886f70d010101', '06092a864886f70d01010a', '06072a8648ce3d0201'))
ALGORITHMS = {bytes.fromhex('06096086480165030402' + digest):
              (bytes.fromhex('06092a864886f70d0101' + rsa), bytes.fromhex('06082a8648ce3d0403' + ecdsa))
              for digest, rsa, ecdsa in (('01', '0b', '02'), ('02', '0c', '03'), ('03', '0d', '04'))}

def signer_infos(p7s):
    """(issuer's name or nothing, whether the key is elliptic) of each signer of a detached CMS SignedData over plain
    data whose algorithms count and fit each other; nothing when it is none."""
    try:
        found, ((_, outer),) = [], der(p7s)
        _, (_, wrapped) = der(outer)
        (_, signed), = der(wrapped)
        (_, version), _, (_, content), *_, (_, signers) = der(signed)
        must([part for _, part in der(content)] == [PLAIN_DATA], 'signature/bad')
        for _, info in der(signers):
            parts = [part for part in der(info) if part[0] not in (0xA0, 0xA1)]
            (_, its_version), (tag, who), (_, digest), (_, sign) = parts[:4]
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
    said = openssl('x509', '-noout', '-text', '-pubkey', '-startdate', '-enddate', '-dateopt', 'iso_8601',
                   data=pem.encode()).decode()
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
        words = ('-binary', '-inform', 'DER', '-in', signed, '-content', told, '-noverify', '-signer', signer)
        if not infos or openssl('cms', '-verify', *words, '-out', os.devnull) is None:
            return None
        pems = re.findall('-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----\n', signer.read_text('ascii'), re.S)
    signers = [certificate_of(pem) for pem in pems]
    as_meant = len(signers) == len(infos) and all(
        issuer in (None, one.issuer) and elliptic == one.elliptic for one, (issuer, elliptic) in zip(signers, infos))
    return {one.digest: one for one in signers} if as_meant else None

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

# ---- sections 7, 10 and 11: the whole dossier -----------------------------------------------------------------------

def shown(name):
    """A file's name with everything that is not plain text escaped."""
    told = os.fsencode(name).decode('utf-8', 'backslashreplace')
    return ''.join(c if c.isprintable() else ascii(c)[1:-1] for c in told)

class Verifier:
    def __init__(self, options, procedure=None):
        self.options, self.folder, self.found, self.more = options, Path(options.dossier), [], {}
        self.names, self.unknown, self.parsed, self.manifests, self.entered = set(), set(), {}, {}, set()
        self.congress, self.contests, self.opening, self.record_id, self.origin = None, {}, {}, '', 'kiemphieu'
        self.tree, self.lines, self.closed = Tree(), [], False
        self.counting, self.signed, self.bound = {}, False, False
        self.procedure = procedure and procedure(self)
        self.should(procedure, 'procedure/not-judged', '', 'kiemphieu_procedure.py is not beside this file')

    def should(self, holds, code, where='', *said):
        """What does not hold is named. Returns whether it holds."""
        if not holds:
            if sum(finding['code'] == code for finding in self.found) == MOST_OF_A_CODE:
                code, where, said = 'findings/more', '', [code]
            warning = code in WARNINGS or code == 'signature/too-few' and self.options.unsigned
            finding = {'code': code, 'severity': 'warning' if warning else 'error', 'where': where,
                       'message': ', '.join(map(str, said))}
            if finding not in self.found:
                self.found.append(finding)
        return holds

    def attempt(self, act, *arguments):
        """Does it; what keeps it from being done is named, and nothing is returned. The last argument is the place."""
        try:
            return act(*arguments)
        except Fault as fault:
            self.should(False, *fault.args)
        except MALFORMED as error:
            self.should(False, 'entry/body' if act == self.replay else 'schema/type', *arguments[-1:] or [''], error)

    def ask(self, moment, *arguments):
        """What kiemphieu_procedure.py says of a moment of the evening, where it is there."""
        return getattr(self.procedure, moment)(*arguments) if self.procedure else None

    def run(self):
        """Judges the folder; report() then says what is to be said of it."""
        try:
            must(os.path.lexists(self.folder), 'file/missing', self.options.dossier)
            must(self.folder.is_dir(), 'dossier/not-a-folder', self.options.dossier)
            self.walk()
            self.attempt(self.take_congress, 'congress.json')
            self.take_record(self.read('record.jsonl'))
            self.ask('end')
            for check in (self.check_checkpoint, self.check_manifests, self.check_prefix):
                self.attempt(check)
            for check in (self.check_folder, self.check_bound, self.check_signers) if self.congress else ():
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
                else:
                    code = 'dossier/extra-file' if stat.S_ISDIR(mode) else 'dossier/not-a-file'
                    self.should(False, code, shown(name))
        self.public, self.unknown = 'bundles/' not in folders, set(self.names)

    def read(self, name):
        """The bytes of a file that must be there."""
        self.unknown.discard(name)
        must(name in self.names, 'dossier/missing-file', name)
        return (self.folder / name).read_bytes()

    def read_named(self, name):
        """The bytes of a file that is named by their digest."""
        data = self.read(name)
        must(sha256(data) == re.split('[/.]', name)[1], 'dossier/digest', name, sha256(data))
        return data

    def read_bundle(self, form, rows, name):
        data = self.read_named(name)
        return parse_bundle(data, form, rows, name) if form else None

    def read_manifest(self, name):
        """A manifest's items by contest, bundle and pass, and its signers: nothing when a signature is bad."""
        signed, items = name + '.p7s', {}
        self.unknown.discard(signed)
        data = self.read_named(name)
        manifest = read_json(data, name)
        self.ask('manifest', manifest, name)
        congress = not self.congress or manifest['congress'] == self.congress['id']
        self.should(congress, 'dossier/manifest-congress', name + '#/congress')
        for i, item in enumerate(manifest['bundles']):
            key, file = (manifest['contest'], item['bundle'], item['pass']), item['file']
            inside = not file.startswith('/') and '\\' not in file and '..' not in file.split('/')
            self.should(inside, 'dossier/manifest-path', f'{name}#/bundles/{i}/file')
            self.should(key not in items, 'dossier/manifest-twice', f'{name}#/bundles/{i}')
            items[key] = item
        signers = signers_of(self.read(signed), data) if signed in self.names else {}
        self.should(signers is not None, 'signature/bad', signed)
        return items, signers

    def check_item(self, body, at):
        """What a bundle's entry says is what its manifest says."""
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
            item = items.get(key)
            must(item, 'dossier/manifest-no-item', at, name)
            for member in ('sha256', 'ballots', 'station', 'by', 'method', 'counted'):
                same = item.get(member) == body.get(member)
                self.should(same, 'dossier/manifest-differs', f'{at}#/body/{member}')

    def files_of(self, body, at):
        """Looks at a bundle's files, whatever comes of its entry. Its ballots; nothing when they cannot be read."""
        self.attempt(self.check_item, body, at)
        contest = self.contests.get(body['contest'])
        if not self.should(not self.public, 'count/not-recomputed'):
            return None
        form, rows = (contest['ballot'], len(contest['rows'])) if contest else (None, 0)
        file = form, rows, f'bundles/{body["sha256"]}.csv'
        if file not in self.parsed:
            self.parsed[file] = self.attempt(self.read_bundle, *file)
        ballots = self.parsed[file]
        if ballots is not None:
            self.should(len(ballots) == body['ballots'], 'dossier/bundle-ballots', at, body['ballots'], len(ballots))
        return ballots

    # -- the definition and the record

    def take_congress(self, name):
        data = self.read(name)
        congress = read_json(data, name)
        self.ask('definition', congress)
        self.record_id = f'{congress["id"]}-{sha256(data)[:16]}'
        self.opening = {'congress': congress['id'], 'purpose': congress['purpose'], 'record': self.record_id,
                        'sha256': sha256(data)}
        for contest in congress['contests']:
            self.contests.setdefault(contest['id'], Contest(contest, congress))
        self.congress, self.origin = congress, 'kiemphieu' + '-practice' * (congress['purpose'] == 'practice')

    def take_record(self, data):
        self.lines = data.removesuffix(b'\n').split(b'\n') if data else []
        self.should(data.endswith(b'\n') or not data, 'entry/line-end', 'record.jsonl')
        self.should(data, 'entry/none', 'record.jsonl')
        entries = [self.attempt(self.read_entry, line, f'record.jsonl:{i}') for i, line in enumerate(self.lines, 1)]
        self.public = self.public and any(entry and entry['kind'] == 'bundle' for entry in entries)
        following, before = 0, ''
        for i, (line, entry) in enumerate(zip(self.lines, entries), 1):
            if entry:
                self.should(entry['seq'] == following, 'entry/seq', f'record.jsonl:{i}', entry['seq'], following)
                self.should(entry['at'] >= before, 'entry/time-back', f'record.jsonl:{i}', entry['at'], before)
                following, before = entry['seq'], max(before, entry['at'])
                self.attempt(self.replay, entry, f'record.jsonl:{i}')
            following += 1
            self.tree.append(line)
        if not self.should(self.congress and (any(entries) or not data), 'entry/not-replayed', 'record.jsonl'):
            self.congress = None

    def read_entry(self, line, at):
        entry = parse_entry(line, at)
        self.ask('form', entry, at)
        return entry

    def replay(self, entry, at):
        """Takes one entry, or says why it cannot be taken."""
        kind, body, contest = entry['kind'], entry['body'], None
        read = self.files_of(body, at) if kind == 'bundle' else None
        if not self.congress:
            return
        must(not self.closed, 'entry/after-closed', at)
        must((kind == 'opened') == (self.tree.size == 0), 'entry/opened', at)
        if kind not in ('opened', 'contest', 'note', 'closed'):
            contest = self.contests.get(body['contest'])
            must(contest, 'entry/unknown-contest', at + '#/body/contest', body['contest'])
            must(not contest.standing or kind not in FROZEN, 'entry/result-stands', at, body['contest'])
        if kind in ('reopened', 'signed'):
            stands = contest.standing and contest.standing.seq == body['result']
            must(stands, 'entry/not-standing', at + '#/body/result', body['contest'])
        self.ask('entry', entry, contest, at)
        self.closed = kind == 'closed'
        if kind == 'opened':
            for key, value in self.opening.items():
                self.should(body[key] == value, 'entry/opened-differs', f'{at}#/body/{key}')
        elif kind == 'note':  # a count by hand is a note; nobody can recompute it
            self.should(not body['text'].startswith('hand-count {'), 'count/by-hand', at)
        elif kind == 'contest':
            self.take_list(body['contest'], False, at)
        elif kind == 'result':
            self.take_result(contest, entry, body, at)
        elif kind == 'signed':
            self.take_signed(contest, entry, body, at)
        elif contest:
            contest.take(kind, body, entry['seq'], at, read)
            if 'opens' in body:
                self.take_list(body['opens'], True, at)
        self.ask('taken', entry, contest, at)

    def take_list(self, definition, anew, at):
        """Of a contest that an entry brings, or of the further round that a decision opens, always anew."""
        there = self.contests.get(definition['id'])
        must(not there or not there.begun(), 'entry/contest-frozen', at, definition['id'])
        if there and not anew:
            there.define(definition)
        else:
            self.contests[definition['id']] = Contest(definition, self.congress)

    # -- section 7 and the results

    def check_gate(self, contest):
        """What must hold before a result that is not void. Whether the ballots can be counted: they are there, passes
        agree on them, and none is doubtful."""
        box, in_force, countable = contest.box or {'issued': 0, 'returned': 0}, contest.in_force(), not self.public
        id, required = contest['id'], self.congress['passes_required']
        issued, returned, present = box['issued'], box['returned'], contest.electorate()['present']
        held, accepted = sum(first.ballots for first, *_ in in_force.values()), contest.before == 'accept-excess'
        ruled = sum(ruling.get('invalid') == 'not-issued' for ruling in contest.rulings_in_force())
        self.should(contest.box, 'result/gate-no-box', id)
        self.should(issued <= present, 'result/gate-issued', id, issued, present)
        self.should(returned <= issued or accepted, 'result/gate-returned', id, returned, issued)
        self.should(ruled >= returned - issued or not accepted, 'result/gate-excess', id, returned - issued, ruled)
        self.should(held == returned or not contest.box, 'result/gate-sum', id, held, returned)
        for bundle, passes in in_force.items():
            at = f'{id}/{bundle}'
            keyers, stations = [name_key(one.by) for one in passes if one.by], {one.station for one in passes}
            apart = len(set(keyers)) == len(keyers) and len(stations) == len(passes)
            self.should(all(one.counted == one.ballots for one in passes), 'result/gate-counted', at)
            self.should(len(passes) >= required, 'result/gate-passes', at, len(passes), required)
            self.should(apart, 'result/gate-not-independent', at)
            if any(one.read is None for one in passes):
                countable = False
                continue
            agree = self.should(contest.passes_agree(passes), 'result/gate-passes-differ', at)
            certain = not any('?' in marks or waits for _, _, marks, waits in contest.unruled(passes))
            countable = self.should(certain, 'result/gate-doubtful', at) and agree and countable
        return countable

    def take_result(self, contest, entry, body, at):
        stated, void, file = body['result'], contest.before == 'void', f'results/{contest["id"]}.json'
        told = self.ask('told', stated) if self.procedure else stated
        recounted, counts = void or self.check_gate(contest), None
        if not void:  # without ballots, or where they are doubtful, the votes are those that the result states
            counts, adds_up = (contest.count(), True) if recounted else contest.count_stated(told)
            self.should(adds_up, 'result/arithmetic', file)
        self.should(sha256(canonical(stated)) == body['sha256'], 'result/digest', at + '#/body/sha256')
        expected = expected_result(contest, counts, self.record()) | {'steps': stated.get('steps', ...)}
        if self.public:
            expected['ballots']['rulings'] = contest.rulings_told(told)
        self.ask('steps', contest, expected, told)  # which rules it must cite the other file knows
        for pointer in differences(expected, stated):
            row = re.match('/(rows|elected)(/|$)', pointer)
            self.should(False, 'result/row-differs' if row else 'result/differs', f'{file}#{pointer}')
        contest.standing = SimpleNamespace(seq=entry['seq'], sha256=body['sha256'], stated=stated, told=told, void=void,
                                           outcome=told.get('outcome'), recounted=recounted)
        contest.results.append(contest.standing)
        contest.signatures, contest.p7s = {}, b''

    def take_signed(self, contest, entry, body, at):
        must(body['sha256'] == contest.standing.sha256, 'signature/other-result', at)
        try:
            p7s = base64.b64decode(body['p7s'], validate=True)
        except ValueError:
            p7s = b''
        signers = signers_of(p7s, canonical(contest.standing.stated))
        must(signers and base64.b64encode(p7s).decode() == body['p7s'], 'signature/bad', at + '#/body/p7s')
        must(body['certificate'] in signers, 'signature/not-in-file', at + '#/body/certificate')
        for digest in sorted(contest.signatures.keys() - signers.keys()):
            self.should(False, 'signature/dropped', at, digest)
            del contest.signatures[digest]
        contest.signatures.setdefault(body['certificate'], (signers[body['certificate']], entry['at']))
        contest.p7s = p7s

    # -- when everything is replayed

    def record(self):
        return {'id': self.record_id, 'root': self.tree.roots[-1].hex(), 'size': self.tree.size}

    def standing(self):
        """(contest, its standing result), in the order of their entries"""
        standing = [(contest, contest.standing) for contest in self.contests.values() if contest.standing]
        return sorted(standing, key=lambda one: one[1].seq)

    def check_checkpoint(self):
        lines = self.read('checkpoint.txt').decode('utf-8', 'replace').split('\n')
        must(len(lines) == 4 and lines[3] == '', 'checkpoint/form', 'checkpoint.txt')
        origin = f'{self.origin}/{self.record_id}' if self.congress else lines[0]
        expected = origin, str(self.tree.size), base64.b64encode(self.tree.roots[-1]).decode()
        for i, (line, want) in enumerate(zip(lines, expected), 1):
            self.should(line == want, 'checkpoint/mismatch', f'checkpoint.txt:{i}', line, want)

    def check_manifests(self):
        """Every item of a manifest was entered."""
        for name, manifest in self.manifests.items():
            for key, item in manifest[0].items() if manifest else ():
                self.should((*key, item['sha256']) in self.entered, 'dossier/manifest-not-in-record', name, *key)

    def check_prefix(self):
        """An older dossier, a checkpoint, or "SIZE ROOT" is the beginning of this record."""
        older, origin, root = self.options.prefix, '', None
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
            must(form, 'prefix/form', shown(older))
            origin, size, root = form[1] or '', int(form[2] or form[4]), typed_root(form[3] or form[5])
        must(size, 'prefix/form', shown(older))
        known = f'{self.origin}/{self.record_id}'
        must(not origin or not self.record_id or origin == known, 'prefix/other-record', '--prefix', origin, known)
        must(size <= self.tree.size, 'prefix/longer', '--prefix', size, self.tree.size)
        must(root in (None, self.tree.roots[size]), 'prefix/differs', 'record.jsonl', size)
        self.more['prefix'] = size

    def check_folder(self):
        for contest, result in self.standing():
            name = f'results/{contest["id"]}'
            if f'{name}.pdf' in self.unknown or not self.options.without_minutes:
                self.attempt(self.check_minutes, f'{name}.pdf')
            self.attempt(self.check_file, 'result/file-differs', canonical(result.stated), f'{name}.json')
            if contest.p7s:
                self.attempt(self.check_file, 'signature/file-differs', contest.p7s, f'{name}.json.p7s')
        for name in sorted(self.unknown):
            self.should(False, 'dossier/extra-file', shown(name))

        for contest in self.contests.values():
            first = {}
            for one in contest.passes.values():
                name, same = f'bundles/{one.sha256}.csv', first.setdefault(one.sha256, one.bundle)
                self.should(same == one.bundle, 'dossier/bundle-equal-bytes', name, same, one.bundle)

    def check_minutes(self, name):
        """People read them; that no byte changed since they were made is seen here. Signatures stand behind that."""
        pdf = self.read(name)
        made = re.search(rb'%%EOF\n(?=%sha256 ([0-9a-f]{64})\n)', pdf)
        whole = made and sha256(pdf[:made.end()]) == made[1].decode()
        must(whole and (b'/ByteRange' in pdf or len(pdf) == made.end() + 73), 'minutes/altered', name)

    def check_file(self, code, data, name):
        must(self.read(name) == data, code, name)

    def check_bound(self):
        """What was typed from paper, and how much of the record it covers."""
        covered, results = [], [(contest, result) for contest in self.contests.values() for result in contest.results]
        for typed in self.options.digests:
            named = [(contest, result) for contest, result in results if result.sha256 == typed]
            self.should(named, 'bound/mismatch', '', typed)
            for contest, result in named[-1:]:
                stands = self.should(result is contest.standing, 'bound/replaced', contest['id'])
                covered.append(result.seq if stands else -1)
        if self.options.root:
            sizes = [size for size, root in enumerate(self.tree.roots) if root == self.options.root]
            must(sizes, 'bound/mismatch', '', self.options.root.hex())
            follows = any(result.seq == sizes[-1] and result.recounted for _, result in self.standing())
            covered.append(sizes[-1] - (0 if follows else 1))
        late = [contest['id'] for contest, result in self.standing() if covered and result.seq > max(covered)]
        for id in late:
            self.should(False, 'bound/not-covered', id)
        self.bound = bool(covered) and not late

    def check_signers(self):
        """Who signed each standing result, and who of them counts."""
        ca, enough, required = self.options.ca, True, self.congress['signatures_required']
        if ca:
            must(os.path.exists(ca), 'file/missing', ca)
            must(os.path.isfile(ca) and b'-----BEGIN CERTIFICATE-----' in Path(ca).read_bytes(), 'signature/ca', ca)
        for contest, _ in self.standing():
            keys, pinned = set(), {member['certificate'] for member in contest['board'] if 'certificate' in member}
            for one, at in contest.signatures.values():
                fault = next((fault for fault, applies in (
                    ('expired', not one.begins <= at <= one.ends),
                    ('weak-key', one.weak),
                    ('not-pinned', pinned and one.digest not in pinned),
                    ('untrusted', ca and not pinned and not is_under(ca, one.pem, contest.p7s, at))) if applies), None)
                if self.should(not fault, f'signature/{fault}', f'results/{contest["id"]}.json.p7s', one.digest):
                    keys.add(one.key)  # one key is one signer
            self.counting[contest['id']] = len(keys)
            enough = enough and (pinned or ca) and len(keys) >= max(1, required)
            self.should(len(keys) >= required, 'signature/too-few', contest['id'], len(keys), required)
        self.signed = bool(enough and self.counting)

    def report(self):
        """Everything that is to be said about the dossier, as --json says it."""
        results = [{'contest': contest['id'], 'outcome': result.outcome, 'recounted': result.recounted,
                    'sha256': result.sha256, 'signers': self.counting.get(contest['id'], 0)}
                   for contest, result in self.standing()]
        ok = all(finding['severity'] == 'warning' for finding in self.found)
        level = 'none' if not ok else 'signed' if self.signed else 'bound' if self.bound else 'consistent'
        return {'practice': self.origin == 'kiemphieu-practice', 'findings': self.found, 'ok': ok, 'level': level,
                'record': self.record(), 'results': results, **self.more}

# ---- the program ----------------------------------------------------------------------------------------------------

SAID = {'none': ('CÓ LỖI: đừng tin hồ sơ này', 'FAULTS: do not trust this dossier'),
        'consistent': ('TỰ KHỚP: hồ sơ khớp với chính nó; chưa rõ ai lập',
                       'CONSISTENT: agrees with itself; who made it is not shown'),
        'bound': ('KHỚP VỚI GIẤY: khớp với mã số gõ từ biên bản giấy',
                  'BOUND: agrees with what was typed from signed paper'),
        'signed': ('CÓ CHỮ KÝ: mọi kết quả đủ chữ ký số được tính',
                   'SIGNED: every result has enough signers who count'),
        'practice': ('*** DIỄN TẬP (PRACTICE), không phải kết quả thật ***', '*** PRACTICE, not a real result ***'),
        'prefix': ('Số mục đầu vẫn y nguyên so với bản cũ', 'First entries the same as in the older one'),
        'size': ('Số mục', 'Entries'), 'signers': ('chữ ký được tính', 'signers who count'),
        True: ('đã đếm lại từ từng phiếu', 'recounted from every ballot'),
        False: ('không đếm lại được (count not recomputed)', 'count not recomputed'),
        'count/not-recomputed': ('không đếm lại được (count not recomputed): hồ sơ không kèm từng phiếu',
                                 'count not recomputed: the ballots are not in this dossier'),
        'procedure/not-judged': (
            'thiếu kiemphieu_procedure.py: chưa xét ai được làm gì, khi nào, danh sách, tổ kiểm phiếu, các quyết định',
            'no kiemphieu_procedure.py: not judged are who may do what and when, lists, boards, decisions'),
        'error': ('LỖI', 'ERROR'), 'warning': ('CHÚ Ý', 'WARNING'),
        'codes': ('Nghĩa của từng mã và việc cần làm: docs/formats.md, mục 11 và 13.',
                  'What each code means and what to do next: docs/formats.md, sections 11 and 13.')}

def text_of(report, lang):
    say, record = {key: words[lang == 'en'] for key, words in SAID.items()}, report['record']
    lines = [say['practice'] if report['practice'] else '', f'{record["id"]} {record["root"]}',
             f'{say["size"]}: {record["size"]}', f'{say["prefix"]}: {report["prefix"]}' if 'prefix' in report else '']
    for result in report['results']:
        counted = f'{say[result["recounted"]]}; {say["signers"]}: {result["signers"]}'
        lines += [f'  {result["contest"]}: {result["outcome"]}; {counted}', '    ' + result['sha256']]
    for finding in report['findings']:
        what = say.get(finding['code'], f'{finding["where"]} {finding["message"]}')
        lines.append(f'{say[finding["severity"]]} [{finding["code"]}] {what}')
    lines += [say['codes'] if report['findings'] else '', f'{say[report["level"]]} ({report["level"]})']
    return '\n'.join(line for line in lines if line)

def typed_digest(value):
    digits = ''.join(value.split()).lower()
    must(re.fullmatch('[0-9a-f]{64}', digits), 'usage/command-line')
    return digits

def typed_root(value):
    typed = ''.join(value.split())
    must(re.fullmatch('[0-9a-fA-F]{64}|[A-Za-z0-9+/]{43}=', typed), 'prefix/form', shown(value))
    return bytes.fromhex(typed) if len(typed) == 64 else base64.b64decode(typed)

class Parser(argparse.ArgumentParser):
    def error(self, message):
        if '--json' in sys.argv:
            finding = {'code': 'usage/command-line', 'severity': 'error', 'where': '', 'message': message}
            print(canonical({'findings': [finding], 'ok': False}).decode())
        super().error(message)

def main(words):
    parser = Parser(allow_abbrev=False, description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('dossier')
    parser.add_argument('--digest', dest='digests', action='append', default=[], type=typed_digest)
    parser.add_argument('--root', type=typed_root)
    parser.add_argument('--ca')
    parser.add_argument('--lang', choices=('vi', 'en'), default='en' if os.environ.get('KP_LANG') == 'en' else 'vi')
    parser.add_argument('--prefix')
    for name in ('--unsigned', '--without-minutes', '--json'):
        parser.add_argument(name, action='store_true')
    procedure = None
    if Path(__file__).with_name('kiemphieu_procedure.py').exists():
        from kiemphieu_procedure import Procedure as procedure
        procedure.add_options(parser)
    verifier = Verifier(parser.parse_args(words), procedure)
    verifier.run()
    report = verifier.report()
    print(canonical(report).decode() if verifier.options.json else text_of(report, verifier.options.lang))
    return 0 if report['ok'] else 1

if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
