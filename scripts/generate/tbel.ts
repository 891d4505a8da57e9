import { helperGroups } from '@thingwire/tbel'
import { code, page, table } from './markdown.ts'

/** docs/reference/tbel.md */
export const tbelPage = (): string =>
  page({
    title: 'TBEL',
    source: 'packages/tbel/src/helper-docs.ts',
    parts: [
      'TBEL is ThingsBoard’s script language. Thingwire reads it with a parser of its own and translates it to JavaScript for the sandbox; scripts of imported chains run unchanged. A script that cannot be translated says so with line and column.',
      [
        'What differs from JavaScript:',
        '',
        '* Values have Java’s kinds: Integer, Long (`5L`), Float (`5.0f`), Double (`5.0`). Numbers of a message get their kind from their form: `5`, `5000000000`, `5.0`.',
        '* Fields of a message are divided as Doubles: `msg.a / 2` of 7 is 3.5. Integers that are known before the run — a variable that begins with one, `parseBytesToInt(…)`, `list.size()` of a list made in the script, `(int)`, bit operations — are divided and multiplied as Java does: `var a = 7; a / 2` is 3. Write `/ 2.0` to be sure. In functions of the script only casts, bit operations and literals are known.',
        '* A sum of Integers of the run that is too large becomes a Long.',
        '* Assigning null to a key of a map removes the key; a key that is not there is null; a property of null is an error, unless the step before it is `.?`.',
        '* `null > 1` is false. `==` compares contents, `"5" == 5` is true. A condition must be a boolean.',
        '* `+` with a text on one side joins; `a or b` is the first that is not null and not empty.',
        '* A variable lives in the block that assigns it first; in a function the branches of `if`, `switch` and `for (…; …; …)` share the variables of what stands around them. All rounds of a loop have the same variables. The last expression of a script is its result.',
        '* A function of the script that has the name of one below is never called: the one below is. Of two functions of one name the first counts.',
        '* Numbers that only literals make are divided as Doubles: `(10 + 5) / 4` is 3.75.',
        '* A name, function, class or member that there is not is an error of the line that uses it, when that line runs.',
        '* `break` outside of a loop ends the function or the script with null.',
        '* Months of dates count from 1, days of the week from Monday = 1; the zone is UTC.',
        '',
        'What ThingsBoard does not have, or only says it has: `continue`; `a ?? b`, which is `a` unless that is null; a statement also ends with its line, where the next one cannot go on with it (ThingsBoard drops the second or refuses both); several variables in one declaration (`var a = 1, b = 2`).',
        '',
        'What ThingsBoard reads otherwise: in `{key: test ? a : b}` ours takes `key` for the key and the choice for its value (ThingsBoard takes `a` for the key and `b` for its value); `x =-1` gives `x` the value -1 (ThingsBoard takes 1 away from it); operations on bits of Doubles are an error (ThingsBoard: null).',
        '',
        'Not supported, and refused with a message: `try`, `throw`, `let`, `const`, arrow functions, projections (`x in list`), `soundslike`, `strsim`. Possessive or atomic groups of regular expressions end in an error when they run. A Character is a text of one sign. Where ours differs from ThingsBoard on purpose: [TBEL is translated to JavaScript](../decisions/2026-11-21-tbel-by-translation.md).',
      ].join('\n'),
      ...Object.entries(helperGroups).flatMap(([group, helpers]) => [
        `## ${group}`,
        table(
          ['Function', 'Meaning', 'Example'],
          Object.values(helpers).map(({ signature, meaning, example, result }) => [
            code(signature),
            meaning,
            `${code(example)} → ${result === 'error' ? 'an error' : code(result)}`,
          ]),
        ),
      ]),
    ],
  })
