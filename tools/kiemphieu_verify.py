#!/usr/bin/env python3
"""The second verifier: judges a dossier on a machine where nothing can be installed.

    python3 kiemphieu_verify.py DOSSIER [--ca FILE] [--digest D]... [--root R] [--unsigned] [--without-minutes] [--json]

It needs Python 3.11, kiemphieu_count.py beside it and, for signatures, the `openssl` command. Written from
docs/formats.md, with no line of the programs it judges; its sections stand below, section 13 says what a code means.

It answers: is the record whole, is each result what the ballots in it come to, who signed it, is it the one on paper.
It takes the entries of the record as they stand: who may write them, and when, kiemphieu-verify judges.

Exit 0: no error. 1: at least one error, or the dossier cannot be read. 2: the command line is wrong.
"""
import argparse, base64, functools, hashlib, os, re, ssl, subprocess, sys, tempfile
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

sys.dont_write_bytecode = True  # leaves nothing behind in the folder it stands in
from kiemphieu_count import Contest, Fault, canonical, expected_result, must, parse_bundle, read_json, sha256

# ---- section 4: the tree --------------------------------------------------------------------------------------------
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
@functools.cache
def openssl(*words, data=None):
    """What the command writes; nothing when it fails."""
    done = subprocess.run(['openssl', *map(str, words)], input=data, capture_output=True, check=False)
    return done.stdout if done.returncode == 0 else None

@functools.cache
def signers_of(p7s, content):
    """digest -> certificate of all signers, each of whom signed `content`; nothing when one signature is bad."""
    with tempfile.TemporaryDirectory() as folder:
        signed, told, signer = (Path(folder, name) for name in ('p7s', 'content', 'signer'))
        signed.write_bytes(p7s)
        told.write_bytes(content)
        words = ('-binary', '-inform', 'DER', '-in', signed, '-content', told, '-noverify', '-signer', signer)
        if openssl('cms', '-verify', *words, '-out', os.devnull) is None:
            return None
        pems = re.findall('-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----\n', signer.read_text('ascii'), re.S)
    # What openssl forgives: bytes that nobody reads, weak digests, versions, names and algorithms that do not fit.
    read = ('cms', '-cmsout', '-inform', 'DER')
    said = openssl(*read, '-print', '-noout', '-nameopt', 'oid,dump_all,dump_der,sep_comma_plus', data=p7s) or b''
    whole, _, infos = re.sub(' *\n *', '\n', said.decode('latin-1')).partition('\nsignerInfos:')
    algorithm, issuer = r'Algorithm:\nalgorithm: (\S+) .*\nparameter: (?:<ABSENT>|NULL|SEQUENCE)', r'\nissuer: *(\S.*)'
    digests, methods = (re.findall(which + algorithm, infos) for which in ('digest', 'signature'))
    named_by = set(re.findall(r'\nversion: (\d)\nd\.([is])', infos))  # issuer, or subject's key
    fit = (openssl(*read, '-outform', 'DER', data=p7s) == p7s
           and re.search(r'\neContentType: pkcs7-data .*\neContent: *<ABSENT>', whole)
           and {('1', 'i'), ('3', 's')} >= named_by != set() and f'signedData:\nversion: {max(named_by)[0]}\n' in whole
           and set(re.findall(issuer, infos)) <= set(re.findall(issuer, whole))
           and len(digests) == len(methods) == len(pems) and set(digests) <= {'sha256', 'sha384', 'sha512'})
    for digest, method, pem in zip(digests, methods, pems) if fit else ():
        elliptic = b'id-ecPublicKey' in openssl('x509', '-noout', '-text', data=pem.encode())
        fit = fit and method in (('id-ecPublicKey', 'ecdsa-with-' + digest.upper()) if elliptic else
                                 ('rsaEncryption', 'rsassaPss', digest + 'WithRSAEncryption'))
    return {sha256(ssl.PEM_cert_to_DER_cert(pem)): pem for pem in pems} if fit else None

@functools.cache
def is_valid(pem, at, level=0, ca=None, p7s=b''):
    """Whether a certificate is valid then, by itself or under `ca`; level 2 asks for RSA of 2048 bits, elliptic 224."""
    with tempfile.TemporaryDirectory() as folder:
        leaf, between = Path(folder, 'leaf'), Path(folder, 'between')
        leaf.write_text(pem, 'ascii')
        if ca:
            openssl('cms', '-cmsout', '-inform', 'DER', '-noout', '-certsout', between, data=p7s)
        under = ('-partial_chain', '-trusted', leaf)
        if ca:  # it alone, and none of those that the machine trusts
            under = ('-CAfile', ca, '-no-CApath', '-no-CAstore', '-untrusted', between)
        moment = int(datetime.fromisoformat(at).timestamp())
        return openssl('verify', '-purpose', 'any', '-attime', moment, '-auth_level', level, *under, leaf) is not None

# ---- the whole dossier ----------------------------------------------------------------------------------------------
KINDS = ('opened', 'contest', 'electorate', 'box', 'bundle', 'retracted', 'correction', 'ruling', 'confirmed',
         'decision', 'result', 'reopened', 'signed', 'note', 'closed')
FACTS = ('contest', 'bundle', 'pass', 'sha256', 'ballots', 'station', 'by', 'method', 'counted')
MALFORMED = (AttributeError, IndexError, KeyError, TypeError, ValueError)  # a member is missing or of a wrong form

class Verifier:
    warnings = {'procedure/not-judged', 'count/not-recomputed', 'bound/not-covered',
                'signature/not-pinned', 'signature/untrusted', 'signature/expired', 'signature/weak-key'}

    def __init__(self, options):
        self.options, self.folder = options, Path(options.dossier)
        self.found = {}  # (code, place, what else is known) of each finding, in their order
        self.names, self.unknown, self.manifests, self.entered = set(), set(), {}, set()
        self.congress, self.contests, self.record_id, self.origin = None, {}, '', 'kiemphieu'
        self.tree, self.counting, self.public, self.signed, self.bound = Tree(), {}, False, False, False

    def should(self, holds, code, where='', *said):
        """What does not hold is named. Returns whether it holds."""
        if not holds:
            texts = (''.join(filter(str.isprintable, text)) for text in (where, ', '.join(map(str, said))))
            self.found[code, *texts] = True  # each once
        return holds

    def attempt(self, act, *arguments):
        """Does it; what keeps it from being done is named, and nothing is returned. The last argument is the place."""
        try:
            return act(*arguments)
        except Fault as fault:
            self.should(False, *fault.args)
        except MALFORMED as error:
            place = arguments[-1]
            self.should(False, 'entry/body' if place.startswith('record') else 'schema/type', place, error)

    def run(self):
        """Judges the folder; report() then says what is to be said of it."""
        self.should(False, 'procedure/not-judged', '', 'ai được làm gì, khi nào · who may do what, and when')
        try:
            must(self.folder.is_dir(), 'dossier/not-a-folder', self.options.dossier)
            self.walk()
            self.attempt(self.take_congress, 'congress.json')
            self.take_record('record.jsonl')
            self.attempt(self.check_checkpoint, 'checkpoint.txt')
            for check in (self.check_results, self.check_bound, self.check_signers) if self.congress else ():
                self.attempt(check, '')
        except Fault as fault:
            self.should(False, *fault.args)
        except Exception as error:  # whatever a folder holds, it is judged
            self.should(False, 'dossier/stopped', '', type(error).__name__, error)

    def walk(self):
        """The names of the files of the folder; what a dossier may not have is named."""
        for path in self.folder.rglob('*'):
            name, folder = path.relative_to(self.folder).as_posix(), path.is_dir()
            if path.is_symlink() or not folder and not path.is_file():
                self.should(False, 'dossier/not-a-file', name)
            elif not folder:
                self.names.add(name)
            elif name not in ('manifests', 'bundles', 'results') or not any(path.iterdir()):
                self.should(False, 'dossier/extra-file', name)
        self.unknown = set(self.names)

    def read(self, name):
        """The bytes of a file that must be there, and be those of the digest that it is named by."""
        self.unknown.discard(name)
        must(name in self.names, 'dossier/missing-file', name)
        data = (self.folder / name).read_bytes()
        named = re.fullmatch(r'(?:bundles|manifests)/(.*)\.(?:csv|json)', name)
        must(not named or sha256(data) == named[1], 'dossier/digest', name, sha256(data))
        return data

    def read_manifest(self, name):
        """What it says of each bundle, in the order of FACTS, and who signed it."""
        data, signed = self.read(name), name + '.p7s'
        manifest = read_json(data, name)
        must(manifest['congress'] == self.congress['id'], 'dossier/manifest-congress', name)
        items = [{'contest': manifest['contest']} | item for item in manifest['bundles']]
        signers = signers_of(self.read(signed), data) if signed in self.names else {}
        must(signers is not None, 'signature/bad', signed)
        return {tuple(item.get(fact) for fact in FACTS) for item in items}, sorted(signers)

    def check_item(self, body, at):
        """What a bundle's entry says is what its manifest says."""
        name, said = f'manifests/{body["manifest"]}.json', tuple(body.get(fact) for fact in FACTS)
        self.entered.add(said[:4])
        if name not in self.manifests:
            self.manifests[name] = self.read_manifest(name)
        items, signers = self.manifests[name]
        self.should(signers == body['signers'], 'dossier/manifest-signers', at)
        self.should(said in items, 'dossier/manifest-differs', at)

    def read_bundle(self, contest, body, at):
        name = f'bundles/{body["sha256"]}.csv'
        ballots = parse_bundle(self.read(name), contest['ballot'], len(contest['rows']), name)
        self.should(len(ballots) == body['ballots'], 'dossier/bundle-ballots', at, body['ballots'], len(ballots))
        return ballots

    def ballots_of(self, contest, body, at):
        """Those of a bundle's entry; nothing when they cannot be read, or are not in the dossier."""
        self.attempt(self.check_item, body, at)
        self.public = not self.should((self.folder / 'bundles').exists(), 'count/not-recomputed')
        return None if self.public else self.attempt(self.read_bundle, contest, body, at)

    def take_congress(self, name):
        data = self.read(name)
        congress = read_json(data, name)
        self.record_id = f'{congress["id"]}-{sha256(data)[:16]}'
        self.opening = {'congress': congress['id'], 'purpose': congress['purpose'], 'record': self.record_id,
                        'sha256': sha256(data)}
        for contest in congress['contests']:
            self.contests.setdefault(contest['id'], Contest(contest, congress))
        self.congress, self.origin = congress, 'kiemphieu' + '-practice' * (congress['purpose'] == 'practice')

    def take_record(self, name):
        """Replays the entries, one a line. A line that is none stands in the tree all the same."""
        data = self.read(name)
        self.should(data.endswith(b'\n'), 'entry/line-end', name)
        for seq, line in enumerate(data.removesuffix(b'\n').split(b'\n')):
            at = f'{name}:{seq + 1}'
            entry = self.attempt(self.read_entry, line, at)
            if entry:
                self.should(entry['seq'] == seq, 'entry/seq', at, entry['seq'], seq)
                self.attempt(self.replay, entry, at)
            self.tree.append(line)

    def read_entry(self, line, at):
        """One line of record.jsonl as an entry, or the first thing that is wrong with it."""
        entry = read_json(line, at)
        must(canonical(entry) == line, 'entry/not-canonical', at)
        must(sorted(entry) == ['at', 'body', 'by', 'kind', 'seq'], 'entry/keys', at)
        must(type(entry['seq']) is int, 'entry/body', at + '#/seq')
        must(entry['kind'] in KINDS, 'entry/kind', at + '#/kind')
        return entry

    def replay(self, entry, at):
        """Takes what an entry changes."""
        kind, body, seq = entry['kind'], entry['body'], entry['seq']
        must(self.congress, 'entry/not-replayed', at)
        must((kind == 'opened') == (self.tree.size == 0), 'entry/opened', at)
        if kind == 'opened':
            self.should(body == self.opening, 'entry/opened-differs', at, canonical(self.opening).decode())
        elif kind == 'contest':
            self.take_list(body['contest'], False, at)
        elif kind not in ('note', 'closed'):
            contest = self.contests.get(body['contest'])
            must(contest, 'entry/unknown-contest', at, body['contest'])
            if kind == 'result':
                self.take_result(contest, body, seq, at)
            elif kind == 'signed':
                self.take_signed(contest, body, entry['at'], at)
            else:
                contest.take(kind, body, at, self.ballots_of(contest, body, at) if kind == 'bundle' else None)
            if 'opens' in body:
                self.take_list(body['opens'], True, at)

    def take_list(self, definition, anew, at):
        """Of a contest that an entry brings, or of the further round that a decision opens, always anew."""
        there = self.contests.get(definition['id'])
        begun = there and (there.box or there.in_force() or there.results)
        must(not begun, 'entry/contest-frozen', at, definition['id'])
        if anew or not there:
            there = self.contests[definition['id']] = Contest(definition, self.congress)
        there.define(definition)

    def expected(self, contest, stated, readable):
        """The result as it must be, but for the rules that it cites. Without ballots, its votes are those it states."""
        counts, adds_up = None, True  # of a void vote
        if contest.before != 'void':
            counts, adds_up = (contest.count(), True) if readable else contest.count_stated(stated)
        self.should(adds_up, 'result/arithmetic', f'results/{contest["id"]}.json')
        result = expected_result(contest, counts, self.record()) | {'steps': stated['steps']}
        if not readable:
            result['ballots']['rulings'] = contest.rulings_stated(stated['ballots']['rulings'])
        return result

    def take_result(self, contest, body, seq, at):
        stated, void = body['result'], contest.before == 'void'
        self.should(sha256(canonical(stated)) == body['sha256'], 'result/digest', at + '#/body/sha256')
        for holds, code, where in () if void else contest.gate():
            self.should(holds, 'result/gate-' + code, where)
        readable = not self.public and all(one.read for passes in contest.in_force().values() for one in passes)
        expected = self.expected(contest, stated, readable)
        for member in sorted(expected.keys() | stated.keys()):
            code = 'result/row-differs' if member in ('rows', 'elected') else 'result/differs'
            same = member in expected and canonical(expected[member]) == canonical(stated.get(member))
            self.should(same, code, f'results/{contest["id"]}.json#/{member}')
        contest.standing = SimpleNamespace(seq=seq, sha256=body['sha256'], stated=stated, recounted=void or readable)
        contest.results.append(contest.standing)
        contest.signatures, contest.p7s = {}, b''

    def take_signed(self, contest, body, when, at):
        must(body['sha256'] == contest.standing.sha256, 'signature/other-result', at)
        p7s = base64.b64decode(body['p7s'])
        signers = signers_of(p7s, canonical(contest.standing.stated))
        must(signers and base64.b64encode(p7s).decode() == body['p7s'], 'signature/bad', at)
        must(body['certificate'] in signers, 'signature/not-in-file', at)
        self.should(contest.signatures.keys() <= signers.keys(), 'signature/dropped', at)
        filed = {body['certificate']: (signers[body['certificate']], when)} | contest.signatures
        contest.signatures = {digest: one for digest, one in filed.items() if digest in signers}
        contest.p7s = p7s

    def record(self):
        return {'id': self.record_id, 'root': self.tree.roots[-1].hex(), 'size': self.tree.size}

    def standing(self):
        """The contests that have a standing result, in the order of their entries."""
        return sorted((one for one in self.contests.values() if one.standing), key=lambda one: one.standing.seq)

    def check_checkpoint(self, name):
        root = base64.b64encode(self.tree.roots[-1]).decode()
        expected = f'{self.origin}/{self.record_id}\n{self.tree.size}\n{root}\n'
        must(self.read(name) == expected.encode(), 'checkpoint/mismatch', name, expected)

    def check_results(self, at):
        """The files of the standing results. Then every item of a manifest was entered, and no file is left over."""
        for contest in self.standing():
            name = f'results/{contest["id"]}'
            if f'{name}.pdf' in self.names or not self.options.without_minutes:
                self.attempt(self.check_minutes, f'{name}.pdf')
            same = self.attempt(self.read, f'{name}.json') in (None, canonical(contest.standing.stated))
            self.should(same, 'result/file-differs', f'{name}.json')
            same = not contest.p7s or self.attempt(self.read, f'{name}.json.p7s') in (None, contest.p7s)
            self.should(same, 'signature/file-differs', f'{name}.json.p7s')
        for name, item in ((name, item) for name, (items, _) in self.manifests.items() for item in items):
            self.should(item[:4] in self.entered, 'dossier/manifest-not-in-record', name, *item[:3])
        for name in sorted(self.unknown):
            self.should(False, 'dossier/extra-file', name)

    def check_minutes(self, name):
        """People read them; that no byte changed since they were made is seen here. Signatures stand behind that."""
        pdf = self.read(name)
        made = re.search(rb'%%EOF\n(?=%sha256 ([0-9a-f]{64})\n)', pdf)
        whole = made and sha256(pdf[:made.end()]) == made[1].decode()
        behind = pdf[made.end() + 73:] if whole else b''  # a signature inside it, with all that belongs to it
        signed = b'/ByteRange' in behind and behind.rstrip().endswith(b'%%EOF')
        must(whole and (signed or not behind), 'minutes/altered', name)

    def check_bound(self, at):
        """What was typed from paper, and how much of the record it covers."""
        covered, standing = [], [contest.standing for contest in self.standing()]
        for typed in self.options.digests:
            named = [one for contest in self.contests.values() for one in contest.results if one.sha256 == typed]
            must(named, 'bound/mismatch', at, typed)
            must(named[-1] in standing, 'bound/replaced', at, typed)
            covered.append(named[-1].seq)
        if self.options.root:
            sizes = [size for size, root in enumerate(self.tree.roots) if size and root.hex() == self.options.root]
            must(sizes, 'bound/mismatch', at, self.options.root)
            follows = any(one.seq == sizes[-1] and one.recounted for one in standing)
            covered.append(sizes[-1] - (0 if follows else 1))
        late = [one.seq for one in standing if covered and one.seq > max(covered)]
        self.bound = self.should(not late, 'bound/not-covered', at, *late) and bool(covered)

    def check_signers(self, at):
        """Who signed each standing result, and who of them counts."""
        ca, enough, required = self.options.ca, True, self.congress['signatures_required']
        must(not ca or os.path.isfile(ca), 'file/missing', ca)
        must(not ca or b'-----BEGIN CERTIFICATE-----' in Path(ca).read_bytes(), 'signature/ca', ca)
        for contest in self.standing():
            keys, pinned = set(), {member['certificate'] for member in contest['board'] if 'certificate' in member}
            for digest, (pem, when) in contest.signatures.items():
                fault = next((fault for fault, applies in (
                    ('expired', not is_valid(pem, when)),
                    ('weak-key', not is_valid(pem, when, 2)),
                    ('not-pinned', pinned and digest not in pinned),
                    ('untrusted', ca and not pinned and not is_valid(pem, when, 0, ca, contest.p7s))) if applies), None)
                if self.should(not fault, f'signature/{fault}', f'results/{contest["id"]}.json.p7s', digest):
                    keys.add(openssl('x509', '-noout', '-pubkey', data=pem.encode()))  # one key is one signer
            self.counting[contest['id']] = len(keys)
            enough = enough and (pinned or ca) and len(keys) >= max(1, required)
            self.should(len(keys) >= required, 'signature/too-few', contest['id'], len(keys), required)
        self.signed = bool(enough and self.counting)

    def report(self):
        """Everything that is to be said about the dossier, as --json says it."""
        warnings = self.warnings | ({'signature/too-few'} if self.options.unsigned else set())
        findings = [{'code': code, 'where': where, 'message': message,
                     'severity': 'warning' if code in warnings else 'error'} for code, where, message in self.found]
        results = [{'contest': contest['id'], 'outcome': contest.standing.stated.get('outcome'),
                    'recounted': contest.standing.recounted, 'sha256': contest.standing.sha256,
                    'signers': self.counting.get(contest['id'], 0)} for contest in self.standing()]
        ok = all(finding['severity'] == 'warning' for finding in findings)
        level = 'none' if not ok else 'signed' if self.signed else 'bound' if self.bound else 'consistent'
        return {'practice': self.origin == 'kiemphieu-practice', 'findings': findings, 'ok': ok, 'level': level,
                'record': self.record(), 'results': results}

# ---- the program ----------------------------------------------------------------------------------------------------
SAID = {'none': 'CÓ LỖI, đừng tin hồ sơ này · FAULTS, do not trust this dossier',
        'consistent': 'TỰ KHỚP, chưa rõ ai lập · CONSISTENT with itself; who made it is not shown',
        'bound': 'KHỚP VỚI GIẤY · BOUND: agrees with what was typed from signed paper',
        'signed': 'CÓ CHỮ KÝ · SIGNED: every result has enough signers who count',
        'error': 'LỖI · ERROR', 'warning': 'CHÚ Ý · WARNING',
        True: 'đếm lại từ từng phiếu · recounted from every ballot', False: 'không đếm lại được · count not recomputed'}

def text_of(report):
    """The report in Vietnamese and English."""
    practice, record = '*** DIỄN TẬP · PRACTICE *** ' * report['practice'], report['record']
    return '\n'.join([
        f'{practice}{record["id"]}: {record["size"]} mục · entries, {record["root"]}',
        *(f'{one["contest"]} {one["sha256"]}: {one["outcome"]}; {SAID[one["recounted"]]}; '
          f'{one["signers"]} chữ ký được tính · signers who count' for one in report['results']),
        *(f'{SAID[one["severity"]]} [{one["code"]}] {one["where"]} {one["message"]}' for one in report['findings']),
        'Nghĩa của mã, việc cần làm · what each code means, what to do: docs/formats.md, 11, 13',
        f'{practice}{SAID[report["level"]]} ({report["level"]})'])

def typed(value):
    """A digest or a root as it stands on paper, groups of hex digits or base64: in hex."""
    digits = ''.join(value.split())
    must(re.fullmatch('[0-9a-fA-F]{64}|[A-Za-z0-9+/]{43}=', digits), 'usage/command-line')
    return digits.lower() if len(digits) == 64 else base64.b64decode(digits).hex()

class CommandLine(argparse.ArgumentParser):
    def __init__(self):
        super().__init__(allow_abbrev=False, description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
        self.add_argument('dossier')
        self.add_argument('--digest', dest='digests', action='append', default=[], type=typed)
        self.add_argument('--root', type=typed)
        self.add_argument('--ca')
        for name in ('--unsigned', '--without-minutes', '--json'):
            self.add_argument(name, action='store_true')

    def error(self, message):
        if '--json' in sys.argv:
            finding = {'code': 'usage/command-line', 'severity': 'error', 'where': '', 'message': message}
            print(canonical({'findings': [finding], 'ok': False}).decode())
        super().error(message)

def main(words):
    if hasattr(sys.stdout, 'reconfigure'):
        sys.stdout.reconfigure(encoding='utf-8')
    verifier = Verifier(CommandLine().parse_args(words))
    verifier.run()
    report = verifier.report()
    print(canonical(report).decode() if verifier.options.json else text_of(report))
    return 0 if report['ok'] else 1

if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
