#!/usr/bin/env python3
"""Holds the second verifier, tools/kiemphieu_verify.py, and its extension procedure_again.py to kiemphieu-verify.

    verifiers_agree.py PROGRAMS FOLDER               every dossier below FOLDER, judged by both
    verifiers_agree.py PROGRAMS --golden CASES SEED COUNT
                                                     every dossier that the golden cases leave, and COUNT copies of them
                                                     that are damaged at random (damaged_dossiers.py); of these verdict and
                                                     level only, unless KP_DAMAGED_CODES=1
    verifiers_agree.py PROGRAMS --definitions CASE   copies of the dossier that a golden case leaves, in each of which the
                                                     definition breaks one rule (broken_definitions.py), which both must name
    verifiers_agree.py PROGRAMS --tests TEST...      dossiers that these test programs judge: sound, tampered with and
                                                     forged ones of every fault class; ~SPEC behind one leaves out test cases
    verifiers_agree.py PROGRAMS --flips TEST COUNT   the first dossier that a test program judges, with COUNT bytes of each file
                                                     changed, one at a time: the shipped one must refuse

PROGRAMS is the folder of kiemphieu and kiemphieu-verify. procedure_again.py, which judges all that kiemphieu-verify does,
must give the same verdict, level and results, and name the same codes (docs/formats.md section 11). The second verifier as
it is shipped must accept what kiemphieu-verify accepts, with the same level and results, and refuse what it refuses, unless
all that is wrong is of procedure (PROCEDURE).
"""
import contextlib, glob, io, itertools, json, os, random, re, shutil, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TOOLS = os.path.join(HERE, '..', 'tools')
sys.path.insert(0, TOOLS)
sys.dont_write_bytecode = True
import broken_definitions, damaged_dossiers, kiemphieu_verify, procedure_again

SHOWN = 20  # disagreements that are printed


def read(*path):
    with open(os.path.join(*path), encoding='utf-8') as file:
        return json.load(file)


# What the shipped second verifier does not judge: codes, or their beginnings, and why the numbers do not rest on them.
PROCEDURE = {
    'schema/': 'the form of definitions, lists and manifests: what the count reads of them it refuses when it cannot',
    **dict.fromkeys(('entry/body', 'entry/people', 'entry/time', 'json/'),
                    'the form of texts and of what an entry says: the same'),
    **dict.fromkeys(('congress/', 'electorate/', 'board/', 'contest/', 'list/'),
                    'rules on lists, boards and attendance: the count goes by those that the record has'),
    **dict.fromkeys(('entry/two-of-board', 'entry/two-and-note'), 'who may write an entry: it is counted as it stands'),
    **dict.fromkeys(('entry/after-closed', 'entry/result-stands', 'entry/not-standing',
                     'entry/pass-not-in-force', 'entry/no-ballot'), 'when it may be written: the same'),
    **dict.fromkeys(('entry/replaces', 'entry/wrong-seq', 'entry/confirmed', 'entry/votes'),
                    'what an entry says of others: those stand in the record, too'),
    **dict.fromkeys(('entry/decision', 'entry/opens', 'entry/contest-pinned', 'result/gate-excess'),
                    'what a congress may decide: it is followed, and the round that it opened counted as any other'),
    **dict.fromkeys(('result/gate-not-elected', 'result/more-than-seats'), 'what several contests say of each other'),
    'result/gate-not-independent': 'who keyed a bundle, and where: what the passes read is compared',
    **dict.fromkeys(('dossier/manifest-path', 'dossier/manifest-twice'),
                    'whence a file came, or what is said twice: a bundle is known by its digest'),
    'result/differs of steps': 'which rules a result cites',
    'result/gate-doubtful of flags': 'that two people confirmed a flag: it is counted as it was read',
    'prefix/': 'whether an older copy is the beginning of this one: --root tells, of its root',
    'dossier/bundle-too-often': 'what no evening brings: it is counted'}


REFUSED = ('schema/', 'json/', *(code for code in PROCEDURE if code.startswith('entry/')))
FOLLOWS = ('entry/', 'result/', 'bound/', 'signature/too-few', 'dossier/extra-file')  # from what was refused and so not taken


def procedure_only(theirs, model):
    """Whether all that is wrong is of procedure, or follows from it. `model`: what procedure_again.py says, which tells apart
    why a ballot is doubtful."""
    of_prefix = any(f['code'] == 'file/missing' and f['where'].endswith('/record.jsonl') for f in theirs['findings'])
    flags = all(f['message'] for f in model['findings'] if f['code'] == 'result/gate-doubtful')
    apart = {'result/differs': lambda f: ' of steps' if '#/steps' in f['where'] else '',
             'result/gate-doubtful': lambda f: ' of flags' if flags else ''}
    codes = {f['code'] + apart.get(f['code'], lambda f: '')(f) for f in theirs['findings'] if f['severity'] == 'error'}
    refused = any(code.startswith(REFUSED) for code in codes)
    return all(code.startswith(tuple(PROCEDURE)) or code == 'file/missing' and of_prefix or refused and code.startswith(FOLLOWS) for code in codes)


def python_says(words, program):
    with contextlib.redirect_stdout(io.StringIO()) as out:
        program.main([*words, '--json'])
    return json.loads(out.getvalue())


def without_prefix(words):
    """The same words, and what followed --prefix, which the shipped second verifier does not know."""
    at = words.index('--prefix') if '--prefix' in words else len(words)
    return words[:at] + words[at + 2:], ''.join(words[at + 1:at + 2])


def tells_of_older(dossier, theirs, older):
    """Whether --root, given the root of an older copy, says what kiemphieu-verify says of it with --prefix."""
    root = re.fullmatch(r'(?:.*\n)?[0-9]+\s(\S{44,64})\n?', older)
    if not root or 'prefix' not in theirs and not errors(theirs) & {'prefix/longer', 'prefix/other-record'}:
        return True
    said = python_says([dossier, '--unsigned', '--without-minutes', '--root', root[1]], kiemphieu_verify)
    return ('bound/mismatch' in errors(said)) == ('prefix' not in theirs)


def disagreement_as_shipped(theirs, ours, model):
    """What the second verifier says differently but for procedure."""
    said = {f['code'] for f in ours['findings']}
    if 'procedure/not-judged' not in said or 'dossier/stopped' in said - errors(theirs):
        return {'said': sorted(said)}
    wrong = disagreement({**theirs, 'prefix': None}, ours, False)
    if not theirs['ok'] and ours['ok']:
        return {} if procedure_only(theirs, model) else wrong | {'codes': sorted(errors(theirs))}
    return wrong


LINE_FAULTS = {'dossier/bundle-' + part for part in ('blank-line', 'line-too-long', 'number', 'marks-length', 'mark', 'flags')}


def errors(report):
    """The codes of a report. The second verifier has one for all faults of a text and one for all of a bundle's line, and reads
    no PDF; how many findings of one code are listed is nobody's promise."""
    said = {f['code'] for f in report['findings'] if f['severity'] == 'error' and not f['code'].startswith('minutes/')} - {'findings/more'}
    return {'json/syntax' if code.startswith('json/') or code == 'entry/not-canonical' else
            'dossier/bundle-fields' if code in LINE_FAULTS else code for code in said}


def disagreement(theirs, ours, codes):
    """What the two say differently; in codes too, where these are asked for."""
    members = ('ok', 'level', 'practice', 'record', 'results', 'prefix') if theirs['ok'] else ('ok', 'level')
    wrong = {key: (theirs.get(key), ours.get(key)) for key in members if theirs.get(key) != ours.get(key)}
    said = [errors(theirs), errors(ours)]
    if 'signature/bad' in said[1] and said[0] & {'signature/not-in-file', 'signature/dropped'}:
        said = [some - {'signature/bad', 'signature/not-in-file', 'signature/dropped'} for some in said]
    if codes and said[0] != said[1]:
        wrong['codes'] = tuple(map(sorted, said))
    return wrong


def judged(programs, path, *options):
    """(dossier, words, what kiemphieu-verify says)"""
    words = [path, *(options or ['--unsigned'])]
    done = subprocess.run([os.path.join(programs, 'kiemphieu-verify'), *words, '--json'], capture_output=True, check=False)
    return path, words[1:], json.loads(done.stdout)


def dossiers_in(folder):
    return [path for path, _, files in sorted(os.walk(folder)) if 'record.jsonl' in files]


def play_golden(programs, cases, folder, wanted=None):
    """Keeps in `folder` what the golden cases (or the one that is wanted) leave when they are played."""
    for case in [wanted] if wanted else sorted(os.listdir(cases)):
        with open(os.path.join(cases, case, 'commands'), encoding='utf-8') as file:
            if 'export' in file.read():
                subprocess.run([os.path.join(programs, 'tests', 'golden'), os.path.join(cases, case), programs, '../shared'],
                               env={**os.environ, 'KP_KEEP_DOSSIERS': folder}, stdout=subprocess.DEVNULL, check=False)


def damaged(folder, seed, count):
    """Damaged copies of the dossiers in `folder`, one at a time."""
    chance, sound = random.Random(seed), dossiers_in(folder)
    for number in range(count):
        copy = os.path.join(folder, f'damaged-{seed}-{number}')
        shutil.copytree(chance.choice(sound), copy, symlinks=True)
        for minutes in glob.glob(os.path.join(copy, 'results', '*.pdf')):
            os.remove(minutes)
        damaged_dossiers.damage(copy, chance)
        yield copy
        shutil.rmtree(copy)


def dossiers_of_tests(words, folder):
    """(dossier, words, what was said) of dossiers that test programs kept, with what the verifier's library said of them there."""
    for i, program in enumerate(words):
        if not program.startswith('~'):
            left_out = itertools.takewhile(lambda word: word.startswith('~'), words[i + 1:])
            subprocess.run([program, *left_out], env={**os.environ, 'KP_KEEP_DOSSIERS': folder}, stdout=subprocess.DEVNULL, check=True)
    for place in sorted(os.listdir(folder)):
        where = os.path.join(folder, place)
        yield os.path.join(where, 'dossier'), read(where, 'words.json'), read(where, 'report.json')


def flips(programs, test, count, folder):
    """Changed bytes that the shipped second verifier lets pass, unless kiemphieu-verify does, too: (how many were tried, them)."""
    dossier, options, report = next(dossiers_of_tests([test], folder))
    assert report['ok'] and python_says([dossier, *options], kiemphieu_verify)['ok'], report
    tried, passed = 0, []
    for path in sorted(glob.glob(os.path.join(dossier, '**'), recursive=True)):
        if os.path.isfile(path):
            with open(path, 'rb') as file:
                data = file.read()
            for at in range(0, len(data), len(data) // count + 1):
                with open(path, 'wb') as file:
                    file.write(data[:at] + bytes([data[at] ^ 1 << at % 8]) + data[at + 1:])
                tried += 1
                if python_says([dossier, *options], kiemphieu_verify)['ok'] and not judged(programs, dossier, *options)[2]['ok']:
                    passed.append((os.path.relpath(path, dossier), at))
            with open(path, 'wb') as file:
                file.write(data)
    return tried, passed


def with_broken_definitions(programs, case, folder):
    play_golden(programs, os.path.dirname(case), folder, os.path.basename(case))
    for code, path in broken_definitions.broken(dossiers_in(folder)[0], folder):
        judgement = judged(programs, path)
        if code not in errors(judgement[2]):
            raise SystemExit(f'{code} is not named of a definition that breaks that rule')
        yield judgement


def main(programs, *words):
    told = disagreed = 0
    with tempfile.TemporaryDirectory() as folder:
        rules, kept, empty = (os.path.join(folder, name) for name in ('rules.json', 'kept', 'empty'))
        os.mkdir(kept)
        os.mkdir(empty)
        with open(rules, 'wb') as file:
            subprocess.run([os.path.join(programs, 'kiemphieu'), 'rules', '--json'], stdout=file, check=True)
        if words[0] == '--flips':
            tried, passed = flips(programs, words[1], int(words[2]), kept)
            print(f'{tried} changed bytes, {len(passed)} of them unseen by kiemphieu_verify.py alone: {passed[:SHOWN]}')
            return 1 if passed or tried < int(words[2]) else 0
        if words[0] == '--tests':
            dossiers = dossiers_of_tests(words[1:], kept)
        elif words[0] == '--definitions':
            dossiers = with_broken_definitions(programs, words[1], kept)
        elif words[0] == '--golden':
            play_golden(programs, words[1], kept)
            paths = itertools.chain(dossiers_in(kept), damaged(kept, *map(int, words[2:])))
            dossiers = (judged(programs, path) for path in paths)
        else:
            dossiers = (judged(programs, path) for path in dossiers_in(words[0]))
        for name in ('kiemphieu_verify.py', 'kiemphieu_count.py'):
            shutil.copy(os.path.join(TOOLS, name), empty)
        for dossier, options, theirs in dossiers:
            if not theirs['ok'] and not errors(theirs):
                continue  # of minutes alone
            codes = 'KP_DAMAGED_CODES' in os.environ or not os.path.basename(dossier).startswith('damaged-')
            shipped_options, older = without_prefix(options)
            numbers = python_says([dossier, *shipped_options], kiemphieu_verify)
            if not tells_of_older(dossier, theirs, older):
                raise SystemExit(f'--root says of {older!r} what --prefix does not')
            if not told:  # as it is meant to be called, which is slower
                words = [sys.executable, os.path.join(empty, 'kiemphieu_verify.py'), dossier, *shipped_options, '--json']
                called = subprocess.run(words, capture_output=True, check=False, cwd=empty)
                assert json.loads(called.stdout) == numbers and not called.stderr, called
            model = python_says([dossier, *options, '--rules', rules], procedure_again)
            for whose, wrong in (('', disagreement(theirs, model, codes)),
                                 ('as shipped ', disagreement_as_shipped(theirs, numbers, model))):
                disagreed += bool(wrong)
                if wrong and disagreed <= SHOWN:
                    print(whose + os.path.relpath(dossier, kept), json.dumps(wrong, ensure_ascii=False))
            told += 1
    print(f'{told} dossiers judged by kiemphieu-verify and kiemphieu_verify.py: {disagreed} disagreements')
    if disagreed:
        print('Left is what kiemphieu-verify says. What formats.md says holds: change the one that differs from it.')
    return 1 if disagreed or not told else 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
