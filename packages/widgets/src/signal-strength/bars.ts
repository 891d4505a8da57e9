/** From which dBm on the second, third and fourth bar are lit; the first is with any signal. */
const steps = [-85, -70, -55]

/** How many of the four bars are lit; null without a number. */
export const litBars = (rssi: number | null, noSignal: number): number | null => {
  if (rssi === null) return null
  if (rssi <= noSignal) return 0
  return 1 + steps.filter((step) => rssi >= step).length
}
