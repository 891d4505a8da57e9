/** Where a datagram came from. */
export type Endpoint = { readonly address: string; readonly port: number }

export const endpointKey = ({ address, port }: Endpoint): string => `${address} ${port}`

export const isSameEndpoint = (one: Endpoint, other: Endpoint): boolean =>
  one.port === other.port && one.address === other.address
