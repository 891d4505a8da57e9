type Loose = Record<string, unknown>

const objectIn = (value: unknown): Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}

const given = (members: Loose): Loose =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined && value !== null))

/** Settings of the first generation of charts of newest values as those of today. */
export const latestUpgrade = (settings: Readonly<Loose>, fqn: string): Loose => {
  if (!fqn.startsWith('charts.')) return { ...settings }
  const legend = objectIn(settings.legend)
  const stroke = objectIn(settings.stroke)
  return {
    ...settings,
    ...given({
      showLegend: legend.show ?? legend.display,
      showLabel: settings.showLabels,
      borderWidth: settings.borderWidth ?? stroke.width,
      borderColor: settings.borderColor ?? stroke.color,
      // A share of the room, where today's are per cents.
      radius: typeof settings.radius === 'number' && settings.radius <= 1 ? settings.radius * 100 : settings.radius,
    }),
  }
}
