import { latestCases } from '../case-data/latest-cases.ts'
import type { WidgetCase } from '../widget.ts'

export const cases: WidgetCase[] = latestCases()
