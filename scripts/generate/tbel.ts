import { createContext, runInContext } from 'node:vm'
import { helperGroups, tbelRuntime } from '@thingwire/tbel'
import { code, page, table } from './markdown.ts'

type Members = Readonly<Record<string, unknown>>
type Library = Readonly<Record<string, Members>> & { classes: Readonly<Record<string, Members>> }
const library: Library = runInContext(tbelRuntime, createContext(Object.create(null)))

const listed = (members: Members | undefined): string =>
  Object.entries(members ?? {})
    .map(([name, member]) => code(typeof member === 'function' ? `${name}()` : name))
    .sort()
    .join(' ')

const ofJavaUtil = new Set(['Arrays', 'Collections', 'Objects', 'UUID', 'Base64', 'List', 'Set', 'Map'])
const classes = (): string[][] =>
  Object.entries(library.classes).map(([name, members]) => [
    code(ofJavaUtil.has(name) ? `java.util.${name}` : name),
    listed(members),
  ])

const kinds = {
  'Texts and Characters': 'stringMethods',
  Lists: 'listMethods',
  Maps: 'mapMethods',
  Sets: 'setMethods',
  'Numbers and booleans': 'numberMethods',
  Dates: 'dateMethods',
}

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
        '* Months of dates count from 1, days of the week from Monday = 1; the zone of the server is UTC.',
        '* A Character (`text.charAt(0)`, `text[0]`, `(char) 65`) is like a text of one sign, but `(int)` gives its number: `(int) "5".charAt(0)` is 53, `(int) "5"` is 5. A Byte has two hexadecimal digits: `String.format("%02x", byte)`.',
        '',
        'What ThingsBoard does not have, or only says it has: `continue`; `a ?? b`, which is `a` unless that is null; a statement also ends with its line, where the next one cannot go on with it (ThingsBoard drops the second or refuses both); several variables in one declaration (`var a = 1, b = 2`).',
        '',
        'What ThingsBoard reads otherwise: in `{key: test ? a : b}` ours takes `key` for the key and the choice for its value (ThingsBoard takes `a` for the key and `b` for its value); `x =-1` gives `x` the value -1 (ThingsBoard takes 1 away from it); operations on bits of Doubles are an error (ThingsBoard: null); a Character equals the text that it is, also as a key and in lists; maps keep the order in which keys came; `toUnmodifiable()` gives a copy; functions of `Arrays` leave the values of a list as they are (ThingsBoard makes Floats of some).',
        '',
        'Dates take a text with a pattern (`new Date("04.05.2024 10:30", "dd.MM.yyyy HH:mm"[, language[, time zone]])`) and parts with a time zone (`new Date(2024, 5, 4, 10, 30, 0, "Europe/Kyiv")`). `toLocaleString(language, options)` and its like take a time zone or JSON as options: `{"timeZone": "America/New_York", "dateStyle": "long", "timeStyle": "short"}`, or `{"pattern": "yyyy-MM-dd HH:mm"}`. They reach from the year -271821 to 275760 and know milliseconds, not nanoseconds; week numbers in patterns (`w`, `W`, `Y`) are not supported.',
        '',
        'Not supported, and refused with a message: `try`, `throw`, `let`, `const`, arrow functions, projections (`x in list`). Possessive or atomic groups of regular expressions end in an error when they run. Of the package `java.util`: `Optional`, `Calendar`, sorted maps and sets, streams and whatever else is not below. Where ours differs from ThingsBoard on purpose: [TBEL is translated to JavaScript](../decisions/2026-11-21-tbel-by-translation.md).',
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
      '## Methods',
      'What values can do, as in Java. A method without parameters can be read like a property: `list.size`, `text.length`.',
      table(
        ['Values', 'Methods'],
        Object.entries(kinds).map(([title, name]) => [title, listed(library[name])]),
      ),
      '## Classes',
      'Static members of classes, as in Java; those of `java.util` with their package. `new` makes `Date`, `Random`, `String`, the classes of numbers, and of `java.util`: `ArrayList`, `LinkedList`, `Vector`, `Stack`, `ArrayDeque`, `HashMap`, `LinkedHashMap`, `Hashtable`, `HashSet`, `LinkedHashSet`.',
      table(['Class', 'Members'], classes()),
    ],
  })
