export type Value = number | boolean | string
export type Values = Readonly<Record<string, Value>>

/** What a simulated device does by itself, without any connection. */
export type DeviceModel<Reading extends Values = Values, Fault extends string = string> = {
  /** Client attributes that stay as they are while it runs: model, firmware, where it stands. */
  readonly identity: Values
  /** Moves the device to the moment (epoch ms, never back) and reads its sensors; null while it is dropped out. */
  sample(atMs: number): Reading | null
  /** What is wrong with it since the last sample, in a word. */
  fault(): Fault | null
  /** Client attributes that commands change. */
  settings(): Values
  /** Does what the platform asks; the answer, `{ error }` for what is wrong with the request. */
  command(method: string, params: unknown): Values
}

/** Where it stands, in degrees, and what people call the place. */
export type Site = { site: string; latitude: number; longitude: number }

export const rounded = (value: number, decimals: number): number => Number(value.toFixed(decimals))
export const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value))

/** Hours since midnight in the time zone of the machine, with fraction. */
export const machineHour = (atMs: number): number => {
  const date = new Date(atMs)
  return date.getHours() + date.getMinutes() / 60 + date.getSeconds() / 3600
}
