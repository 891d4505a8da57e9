const number = (n: number) => String(n).padStart(2, '0')

export type DemoDevice = {
  name: string
  profile: string
  accessToken: string
  /** Whether users of the demo customer see it. */
  ofCustomer: boolean
}

const devicesOf = (o: { kind: string; profile: string; count: number; ofCustomer: number }): DemoDevice[] =>
  Array.from({ length: o.count }, (_, index) => ({
    name: `${o.kind} ${number(index + 1)}`,
    profile: o.profile,
    accessToken: `${o.kind.toUpperCase()}_${number(index + 1)}_TOKEN`,
    ofCustomer: index < o.ofCustomer,
  }))

/** The devices of the demo tenant with their access tokens. */
export const firstDevices: readonly DemoDevice[] = [
  ...devicesOf({ kind: 'Thermostat', profile: 'thermostat', count: 5, ofCustomer: 2 }),
  { name: 'Test Device A1', profile: 'default', accessToken: 'A1_TEST_TOKEN', ofCustomer: false },
]

export const fleetDevices: readonly DemoDevice[] = [
  ...['Building', 'Climate', 'Lighting', 'Servers', 'Charging'].map((name) => ({
    name: `Meter ${name}`,
    profile: 'energy meter',
    accessToken: `METER_${name.toUpperCase()}_TOKEN`,
    ofCustomer: true,
  })),
  ...devicesOf({ kind: 'Pump', profile: 'pump', count: 2, ofCustomer: 1 }),
  ...devicesOf({ kind: 'Van', profile: 'van', count: 3, ofCustomer: 1 }),
]

/** All devices of the demo tenant with their access tokens. */
export const demoDevices: readonly DemoDevice[] = [...firstDevices, ...fleetDevices]

export const demoProfiles = {
  first: [{ name: 'thermostat', description: 'Temperature, humidity and battery of a room' }],
  fleet: [
    { name: 'energy meter', description: 'Power and energy of a part of the building' },
    { name: 'pump', description: 'A tank that a pump fills' },
    { name: 'van', description: 'A refrigerated van on its tour' },
  ],
} as const
