import type { Case } from '../cases/case.ts'
import { arithmeticCases } from '../cases/arithmetic.ts'
import { classesCases } from '../cases/classes.ts'
import { datesCases } from '../cases/dates.ts'
import { detailsCases } from '../cases/details.ts'
import { methodsCases } from '../cases/methods.ts'
import { numberHelpersCases } from '../cases/number-helpers.ts'
import { operatorsCases } from '../cases/operators.ts'
import { otherHelpersCases } from '../cases/other-helpers.ts'
import { programsCases } from '../cases/programs.ts'
import { statementsCases } from '../cases/statements.ts'
import { widerCases } from '../cases/wider.ts'

/** All scripts whose results are known. */
export const tables: Record<string, readonly Case[]> = {
  operators: operatorsCases,
  arithmetic: arithmeticCases,
  details: detailsCases,
  methods: methodsCases,
  classes: classesCases,
  dates: datesCases,
  statements: statementsCases,
  programs: programsCases,
  'helper functions on numbers': numberHelpersCases,
  'other helper functions': otherHelpersCases,
  'what goes beyond': widerCases,
}
