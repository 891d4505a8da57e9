import type { WidgetCase } from './widget.ts'

/** Cases of the widget in the folder of that name, for the gallery; a chunk of its own. */
export const loadWidgetCases = async (type: string): Promise<readonly WidgetCase[]> => {
  const { cases }: { cases: readonly WidgetCase[] } = await import(`./${type}/cases.ts`)
  return cases
}
