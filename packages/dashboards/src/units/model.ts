export const unitSystems = ['METRIC', 'IMPERIAL', 'HYBRID'] as const
export type UnitSystem = (typeof unitSystems)[number]

/** The unit of data, and what it becomes for readers of each system of measures. */
export type UnitSetting = { from: string } & Readonly<Partial<Record<UnitSystem, string>>>
