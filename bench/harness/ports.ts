import type { Ports } from '@thingwire/rules'

/** Ports of which a benchmark's nodes touch only `given`; a call of any other is an error with the text. */
export const onlyPorts = (given: Partial<Ports>, text: string): Ports => {
  const untouched = new Proxy(
    {},
    {
      get: () => () => {
        throw new Error(text)
      },
    },
  )
  return new Proxy(given, { get: (ports, name) => Reflect.get(ports, name) ?? untouched }) as Ports
}
