import { unitChoices } from '@thingwire/dashboards'

const mostShown = 80

/** Units that hold what is typed, or all of a quantity that is called so; all where nothing or a whole unit is typed. */
export const narrowedUnits = (
  typed: string,
  nameOf: (quantity: (typeof unitChoices)[number]['quantity']) => string,
): { unit: string; quantity: string }[] => {
  const wanted = typed.trim().toLowerCase()
  const all = unitChoices.flatMap(({ quantity, units }) => units.map((unit) => ({ unit, quantity: nameOf(quantity) })))
  const own = all.find(({ unit }) => unit === typed.trim())
  // Of a unit that is chosen its like are asked for.
  if (own) return all.filter(({ quantity }) => quantity === own.quantity)
  return all
    .filter(({ unit, quantity }) => unit.toLowerCase().includes(wanted) || quantity.toLowerCase().includes(wanted))
    .slice(0, mostShown)
}
