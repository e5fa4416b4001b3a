"""Definitions that each break one rule of docs/formats.md section 2: what is wrong, and the code that both verifiers name."""
import copy, random, shutil

import damaged_dossiers

CERTIFICATES = ['a' * 64, 'b' * 64]


def pin(congress, digests, required):
    for member, digest in zip(congress['board'], digests):
        member['certificate'] = digest
    congress['signatures_required'] = required


def rows_of(congress):
    return congress['contests'][0]['rows']


def add_contest(congress, **members):
    congress['contests'].append(copy.deepcopy(congress['contests'][0]) | members)


def cut_list(congress):
    del rows_of(congress)[congress['contests'][0]['seats']:]
    congress['contests'][0]['ballot'] = 'agree'


def deduct(congress, reason, count):
    congress['electorate']['deductions'].append({'reason': reason, 'count': count})


BROKEN = [  # of a members' congress with one election of a committee and more names than seats
    ('board/head', lambda congress: congress['board'][0].update(role='member')),
    ('board/head', lambda congress: congress['board'][1].update(role='head')),
    ('board/duplicate-name', lambda congress: congress['board'][1].update(name=' ' + congress['board'][0]['name'].upper())),
    ('board/duplicate-certificate', lambda congress: pin(congress, CERTIFICATES[:1] * 2, 1)),
    ('board/too-few-certificates', lambda congress: pin(congress, CERTIFICATES[:1], 2)),
    ('board/candidate-on-board', lambda congress: rows_of(congress)[1].update(name=congress['board'][0]['name'])),
    ('congress/date', lambda congress: congress.update(date='2025-02-29')),
    ('contest/among-unknown', lambda congress: congress['contests'][0].update(among='nobody')),
    ('contest/among-unknown', lambda congress: congress['contests'][0].update(among=congress['contests'][0]['id'])),
    ('contest/duplicate-id', add_contest),
    ('contest/seats-missing', lambda congress: congress['contests'][0].pop('seats')),
    ('electorate/base-below-one', lambda congress: deduct(congress, 'suspended', congress['electorate']['summoned'])),
    ('electorate/foreign-reason', lambda congress: deduct(congress, 'declared', 0)),
    ('electorate/foreign-reason', lambda congress: (deduct(congress, 'charged', 0), add_contest(congress, id='other', kind='delegates'))),
    ('electorate/present-over-base', lambda congress: deduct(congress, 'suspended', 1)),
    ('list/ballot-form', lambda congress: congress['contests'][0].update(ballot='agree')),
    ('list/duplicate-no', lambda congress: rows_of(congress)[1].update(no=1)),
    ('list/gap', lambda congress: rows_of(congress)[-1].update(no=rows_of(congress)[-1]['no'] + 1)),
    ('list/incumbent-not-prepared', lambda congress: rows_of(congress)[0].update(incumbent=True, nominated='floor')),
    ('list/no-surplus', cut_list),
    ('list/not-among', lambda congress: add_contest(congress, id='other', among='committee', rows=[
        row | {'name': 'Người Ngoài ' + 'ABCD'[i]} for i, row in enumerate(rows_of(congress))])),
    ('list/surplus-over-cap', lambda congress: congress['contests'][0].update(seats=1)),
    ('schema/missing-key', lambda congress: congress.pop('term')),
    ('schema/pattern', lambda congress: congress['contests'][0].update(id='Committee')),
    ('schema/pattern', lambda congress: rows_of(congress)[0].update(born='3/2/1970')),
    ('schema/range', lambda congress: congress.update(passes_required=4)),
    ('schema/size', lambda congress: congress.update(title='')),
    ('schema/type', lambda congress: congress['contests'][0].update(seats='3')),
    ('schema/unknown-key', lambda congress: rows_of(congress)[0].update(votes=1)),
    ('schema/value', lambda congress: congress.update(level='village')),
]


def broken(sound, folder):
    """(code, a copy of the dossier `sound` in which the definition breaks the rule of that code), one at a time."""
    for code, change in BROKEN:
        copied = f'{folder}/{code.replace("/", "-")}'
        shutil.copytree(sound, copied)
        at_work = damaged_dossiers.Damage(copied, random.Random(0))
        at_work.redefine(change)
        at_work.finish()
        yield code, copied
        shutil.rmtree(copied)
