import type { OwnSymbol } from '../../engines/scada/own-symbol.ts'
import { energy } from './energy.ts'
import { meters } from './meters.ts'
import { pipes } from './pipes.ts'
import { power } from './power.ts'
import { processes } from './process.ts'
import { pumps } from './pumps.ts'
import { scales } from './scales.ts'
import { tanks } from './tanks.ts'
import { valves } from './valves.ts'
import { wells } from './wells.ts'
import { wires } from './wires.ts'

/** Every symbol of our own. A new one is added to the list of its file. */
export const ownSymbols: readonly OwnSymbol[] = [
  ...pipes,
  ...pumps,
  ...valves,
  ...tanks,
  ...meters,
  ...processes,
  ...energy,
  ...power,
  ...scales,
  ...wells,
  ...wires,
]

const byName = new Map(ownSymbols.flatMap((one) => [one.id, ...one.standsFor].map((name) => [name, one] as const)))

/** By its id, or by that of a symbol that it stands in for. */
export const findSymbol = (name: string): OwnSymbol | undefined => byName.get(name)
