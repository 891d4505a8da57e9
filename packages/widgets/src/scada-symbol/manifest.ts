import { z } from 'zod'
import { symbolPlan } from '../engines/scada/plan.ts'
import type { SymbolFile } from '../engines/scada/read-symbol.ts'
import { flag, part, text } from '../settings/schema.ts'
import { background } from '../style/background.ts'
import { defineWidget } from '../widget.ts'
import { symbolFqns, symbolOfFqn } from './names.ts'

const record = () =>
  z
    .record(z.string(), z.unknown())
    .catch(() => ({}))
    .default(() => ({}))

export const scadaSymbolSettingsSchema = z.object({
  /** One of our own. */
  symbol: text(''),
  /** A stored SVG, or its text itself; both as ThingsBoard has them. */
  scadaSymbolUrl: z.string().nullable().catch(null).default(null),
  scadaSymbolContent: z.string().nullable().catch(null).default(null),
  simulated: flag(false),
  scadaSymbolObjectSettings: part({ behavior: record(), properties: record() }),
  background: background(),
  padding: text('0px'),
})

/** The symbol that the settings name. `missing`: nothing here draws it, or its file is no symbol. */
export type FoundSymbol =
  | { kind: 'symbol'; symbol: SymbolFile }
  | { kind: 'missing'; name: string; problem: string | null }
  | { kind: 'none' }

export type ScadaSymbolSettings = z.output<typeof scadaSymbolSettingsSchema> & { found?: FoundSymbol }

const hasText = (value: unknown): boolean => typeof value === 'string' && value !== ''

export const scadaSymbol = defineWidget({
  type: 'scada-symbol',
  fqns: ['scada_symbol', ...symbolFqns],
  name: 'SCADA symbol',
  description:
    'A part of a plant that shows what it does and can be switched: pumps, valves, tanks, pipes, devices of power systems.',
  data: 'control',
  settings: scadaSymbolSettingsSchema,
  upgrade: (settings, fqn) => {
    const named = symbolOfFqn(fqn)
    const isChosen = ['symbol', 'scadaSymbolUrl', 'scadaSymbolContent'].some((name) => hasText(settings[name]))
    return {
      ...settings,
      ...(named !== null && !isChosen ? { symbol: named } : {}),
      // The generic widget of files stands off from its edge unless it says so; single symbols meet at theirs.
      ...(fqn === 'scada_symbol' && settings.padding === undefined ? { padding: '12px' } : {}),
    }
  },
  prepare: async (settings, read) => {
    const { findChosen } = await import('./find-chosen.ts')
    const prepared: ScadaSymbolSettings = { ...settings, found: await findChosen(settings, read) }
    return prepared
  },
  control: ({ found, scadaSymbolObjectSettings }: ScadaSymbolSettings) =>
    found?.kind === 'symbol'
      ? symbolPlan(found.symbol.metadata, scadaSymbolObjectSettings)
      : { reads: { none: { kind: 'none', value: null, convert: { kind: 'asIs' } } }, writes: {} },
  limits: { datasourcesOptional: true },
  size: { columns: 3, rows: 3, minColumns: 1, minRows: 1 },
})
