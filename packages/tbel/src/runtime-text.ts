import { installAccess, installItems, installTypes } from './runtime/access.ts'
import { installNumberBytes, installTextBytes } from './runtime/byte-helpers.ts'
import {
  installListChanging,
  installListReading,
  installMapMethods,
  installSetMethods,
} from './runtime/collection-methods.ts'
import { installCharacters } from './runtime/characters.ts'
import { installComparison } from './runtime/comparison.ts'
import { installPatternsOfDates } from './runtime/date-patterns.ts'
import { installLocales, installZones } from './runtime/date-zones.ts'
import { installDateParts, installDates, installDateTexts } from './runtime/dates.ts'
import { installFormats } from './runtime/formats.ts'
import { installJson } from './runtime/json.ts'
import { installRealClasses, installWholeClasses } from './runtime/number-classes.ts'
import { installParsing, installWriting } from './runtime/number-helpers.ts'
import { installArithmetic, installBits, installNumbers } from './runtime/numbers.ts'
import { installCollectionHelpers, installGeoHelpers } from './runtime/other-helpers.ts'
import { installClasses, installMath } from './runtime/statics.ts'
import { installNumberMethods, installStringMethods } from './runtime/string-methods.ts'
import { installPatterns, installText } from './runtime/text.ts'
import type { Runtime } from './runtime/types.ts'
import { installArrays, installCollections, installUtilities } from './runtime/utilities.ts'

/** What the runtime is made of, in the order in which it builds on itself. */
export const installs: ((runtime: Runtime) => void)[] = [
  ...[
    installNumbers,
    installArithmetic,
    installBits,
    installText,
    installPatterns,
    installAccess,
    installItems,
    installTypes,
  ],
  ...[installMath, installZones, installLocales, installPatternsOfDates, installDates, installDateTexts],
  ...[installDateParts, installTextBytes, installNumberBytes, installJson],
  ...[installWholeClasses, installRealClasses, installCharacters, installFormats, installClasses],
  ...[installArrays, installCollections, installUtilities],
  ...[installParsing, installWriting, installCollectionHelpers, installGeoHelpers, installComparison],
  ...[
    installStringMethods,
    installNumberMethods,
    installListReading,
    installListChanging,
    installMapMethods,
    installSetMethods,
  ],
]

/**
 * The prelude of a sandbox: an expression of plain JavaScript whose value is the runtime generated code needs. It uses
 * nothing but ECMAScript, so it runs in a bare isolate. `fromJson(text)` makes values, `toJson(value)` and `text(value)`
 * (Java's toString) read them.
 */
export const tbelRuntime = `(()=>{"use strict";const $={};\n${installs.map((install) => `(${install})($);`).join('\n')}\nreturn Object.freeze($)})()`
