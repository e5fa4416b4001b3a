#!/usr/bin/env python3
"""Holds tools/kiemphieu_verify.py to kiemphieu-verify.

    verifiers_agree.py PROGRAMS FOLDER               every dossier below FOLDER, judged by both
    verifiers_agree.py PROGRAMS --golden CASES       every dossier that the golden cases leave
    verifiers_agree.py PROGRAMS --tests TEST...      dossiers that these test programs judge: sound, tampered with and
                                                     forged ones of every fault class

PROGRAMS is the folder of kiemphieu and kiemphieu-verify. Both must give the same verdict, level and results, and name
the same codes (docs/formats.md section 11).
"""
import contextlib, io, json, os, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '..', 'tools'))
sys.dont_write_bytecode = True
import kiemphieu_verify

SHOWN = 20  # disagreements that are printed


def read(*path):
    with open(os.path.join(*path), encoding='utf-8') as file:
        return json.load(file)


def python_says(words):
    with contextlib.redirect_stdout(io.StringIO()) as out:
        kiemphieu_verify.main([*words, '--json'])
    return json.loads(out.getvalue())


def errors(report):
    """The codes of a report; how many findings of one code are listed is nobody's promise."""
    return {f['code'] for f in report['findings'] if f['severity'] == 'error'} - {'findings/more'}


def disagreement(theirs, ours):
    """What the two say differently."""
    members = ('ok', 'level', 'practice', 'record', 'results', 'prefix') if theirs['ok'] else ('ok', 'level')
    wrong = {key: (theirs.get(key), ours.get(key)) for key in members if theirs.get(key) != ours.get(key)}
    if errors(theirs) != errors(ours):
        wrong['codes'] = (sorted(errors(theirs)), sorted(errors(ours)))
    return wrong


def dossiers_below(programs, folder):
    """(dossier, words, what kiemphieu-verify says)"""
    for path, _, files in sorted(os.walk(folder)):
        if 'record.jsonl' in files:
            words = [path, '--unsigned', '--json']
            done = subprocess.run([os.path.join(programs, 'kiemphieu-verify'), *words], capture_output=True, check=False)
            yield path, words[1:2], json.loads(done.stdout)


def dossiers_of_golden(programs, cases, folder):
    """The same of what the golden cases leave when they are played."""
    for case in sorted(os.listdir(cases)):
        with open(os.path.join(cases, case, 'commands'), encoding='utf-8') as file:
            if 'export' in file.read():
                subprocess.run([os.path.join(programs, 'tests', 'golden'), os.path.join(cases, case), programs, '../shared'],
                               env={**os.environ, 'KP_KEEP_DOSSIERS': folder}, stdout=subprocess.DEVNULL, check=False)
    return dossiers_below(programs, folder)


def dossiers_of_tests(programs, folder):
    """The same of dossiers that test programs kept, with what the verifier's library said of them there."""
    for program in programs:
        subprocess.run([program], env={**os.environ, 'KP_KEEP_DOSSIERS': folder}, stdout=subprocess.DEVNULL, check=True)
    for place in sorted(os.listdir(folder)):
        where = os.path.join(folder, place)
        yield os.path.join(where, 'dossier'), read(where, 'words.json'), read(where, 'report.json')


def main(programs, *words):
    judged = disagreed = 0
    with tempfile.TemporaryDirectory() as folder:
        rules, kept = os.path.join(folder, 'rules.json'), os.path.join(folder, 'kept')
        os.mkdir(kept)
        with open(rules, 'wb') as file:
            subprocess.run([os.path.join(programs, 'kiemphieu'), 'rules', '--json'], stdout=file, check=True)
        if words[0] == '--tests':
            dossiers = dossiers_of_tests(words[1:], kept)
        elif words[0] == '--golden':
            dossiers = dossiers_of_golden(programs, words[1], kept)
        else:
            dossiers = dossiers_below(programs, words[0])
        for dossier, options, theirs in dossiers:
            wrong = disagreement(theirs, python_says([dossier, *options, '--rules', rules]))
            judged += 1
            disagreed += bool(wrong)
            if wrong and disagreed <= SHOWN:
                print(os.path.relpath(dossier, kept), json.dumps(wrong, ensure_ascii=False))
    print(f'{judged} dossiers judged by kiemphieu-verify and kiemphieu_verify.py: {disagreed} disagreements')
    if disagreed:
        print('Left is what kiemphieu-verify says. What formats.md says holds: change the one that differs from it.')
    return 1 if disagreed or not judged else 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
