#!/usr/bin/env python3
"""Holds the second verifier, tools/kiemphieu_verify.py and the two files beside it, to kiemphieu-verify.

    verifiers_agree.py PROGRAMS FOLDER               every dossier below FOLDER, judged by both
    verifiers_agree.py PROGRAMS --golden CASES SEED COUNT
                                                     every dossier that the golden cases leave, and COUNT copies of them
                                                     that are damaged at random (damaged_dossiers.py); of these verdict and
                                                     level only, unless KP_DAMAGED_CODES=1
    verifiers_agree.py PROGRAMS --definitions CASE   copies of the dossier that a golden case leaves, in each of which the
                                                     definition breaks one rule (broken_definitions.py), which both must name
    verifiers_agree.py PROGRAMS --tests TEST...      dossiers that these test programs judge: sound, tampered with and
                                                     forged ones of every fault class

PROGRAMS is the folder of kiemphieu and kiemphieu-verify. Both must give the same verdict, level and results, and name
the same codes (docs/formats.md section 11). Of every dossier it is asked again without kiemphieu_procedure.py: it must
accept what kiemphieu-verify accepts, with the same level and results, and refuse what it refuses, unless all that is wrong
is of procedure (PROCEDURE).
"""
import contextlib, glob, importlib.util, io, itertools, json, os, random, shutil, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TOOLS = os.path.join(HERE, '..', 'tools')
sys.path.insert(0, TOOLS)
sys.dont_write_bytecode = True
import broken_definitions, damaged_dossiers, kiemphieu_verify

SHOWN = 20  # disagreements that are printed


def read(*path):
    with open(os.path.join(*path), encoding='utf-8') as file:
        return json.load(file)


# What is judged by kiemphieu_procedure.py alone: codes, or their beginnings, and why the numbers do not rest on them.
PROCEDURE = {
    'schema/': 'the form of definitions, lists and manifests: what the count reads of them it refuses when it cannot',
    'entry/body': 'the form of what an entry says: the same',
    **dict.fromkeys(('congress/', 'electorate/', 'board/', 'contest/', 'list/'),
                    'rules on lists, boards and attendance: the count goes by those that the record has'),
    **dict.fromkeys(('entry/two-of-board', 'entry/two-and-note'), 'who may write an entry: it is counted as it stands'),
    **dict.fromkeys(('entry/replaces', 'entry/wrong-seq', 'entry/confirmed', 'entry/votes'),
                    'what an entry says of others: those stand in the record, too'),
    **dict.fromkeys(('entry/decision', 'entry/opens', 'entry/contest-pinned'),
                    'what a congress may decide: the round that it opened is counted as any other'),
    **dict.fromkeys(('result/gate-not-elected', 'result/more-than-seats'), 'what several contests say of each other'),
    'result/differs of steps': 'which rules a result cites',
    'dossier/bundle-too-often': 'what no evening brings: it is counted'}


REFUSED = ('schema/', 'entry/body', 'entry/votes', 'entry/decision', 'entry/opens', 'entry/contest-pinned')
FOLLOWS = ('entry/', 'result/', 'bound/', 'signature/too-few', 'dossier/extra-file')  # from what was refused and so not taken


def procedure_only(report):
    """Whether all that is wrong is of procedure, or follows from it."""
    codes = {'result/differs of steps' if f['code'] == 'result/differs' and '#/steps' in f['where'] else f['code']
             for f in report['findings'] if f['severity'] == 'error'}
    refused = any(code.startswith(REFUSED) for code in codes)
    return all(code.startswith(tuple(PROCEDURE)) or refused and code.startswith(FOLLOWS) for code in codes)


def python_says(words, program=kiemphieu_verify):
    with contextlib.redirect_stdout(io.StringIO()) as out:
        program.main([*words, '--json'])
    return json.loads(out.getvalue())


def without_procedure(folder):
    """The second verifier in a folder where there is no kiemphieu_procedure.py."""
    for name in ('kiemphieu_verify.py', 'kiemphieu_count.py'):
        shutil.copy(os.path.join(TOOLS, name), folder)
    found = importlib.util.spec_from_file_location('numbers_alone', os.path.join(folder, 'kiemphieu_verify.py'))
    program = importlib.util.module_from_spec(found)
    found.loader.exec_module(program)
    for name in ('signers_of', 'is_under'):  # openssl need not be asked twice about the same bytes
        setattr(program, name, getattr(kiemphieu_verify, name))
    return program


def disagreement_alone(theirs, ours):
    """What the second verifier says differently when it does not judge procedure."""
    said = {f['code'] for f in ours['findings']}
    if 'procedure/not-judged' not in said or 'dossier/stopped' in said - errors(theirs):
        return {'said': sorted(said)}
    wrong = disagreement(theirs, ours, False)
    if not theirs['ok'] and ours['ok']:
        return {} if procedure_only(theirs) else wrong | {'codes': sorted(errors(theirs))}
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
    if codes and errors(theirs) != errors(ours):
        wrong['codes'] = (sorted(errors(theirs)), sorted(errors(ours)))
    return wrong


def judged(programs, path):
    """(dossier, words, what kiemphieu-verify says)"""
    words = [path, '--unsigned', '--json']
    done = subprocess.run([os.path.join(programs, 'kiemphieu-verify'), *words], capture_output=True, check=False)
    return path, words[1:2], json.loads(done.stdout)


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


def dossiers_of_tests(programs, folder):
    """(dossier, words, what was said) of dossiers that test programs kept, with what the verifier's library said of them there."""
    for program in programs:
        subprocess.run([program], env={**os.environ, 'KP_KEEP_DOSSIERS': folder}, stdout=subprocess.DEVNULL, check=True)
    for place in sorted(os.listdir(folder)):
        where = os.path.join(folder, place)
        yield os.path.join(where, 'dossier'), read(where, 'words.json'), read(where, 'report.json')


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
        alone = without_procedure(empty)
        for dossier, options, theirs in dossiers:
            if not theirs['ok'] and not errors(theirs):
                continue  # of minutes alone
            codes = 'KP_DAMAGED_CODES' in os.environ or not os.path.basename(dossier).startswith('damaged-')
            numbers = python_says([dossier, *options], alone)
            if not told:  # as it is meant to be called, which is slower
                words = [sys.executable, os.path.join(empty, 'kiemphieu_verify.py'), dossier, *options, '--json']
                called = subprocess.run(words, capture_output=True, check=False, cwd=empty)
                assert json.loads(called.stdout) == numbers and not called.stderr, called
            wrong = disagreement(theirs, python_says([dossier, *options, '--rules', rules]), codes)
            for whose, wrong in (('', wrong), ('without procedure ', disagreement_alone(theirs, numbers))):
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
