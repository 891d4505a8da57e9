export const connectivityEvents = ['CONNECT_EVENT', 'DISCONNECT_EVENT', 'ACTIVITY_EVENT', 'INACTIVITY_EVENT'] as const
export type ConnectivityEvent = (typeof connectivityEvents)[number]

/** What the platform keeps of whether devices are there, told by somebody else than their connections. */
export type ConnectivityPort = {
  /**
   * In the order given; times are epoch ms, and one that is earlier than what is known changes nothing. The rule engine is
   * told of what changed. How often one node may do that to one device is limited.
   */
  report(
    ruleNodeId: string,
    reports: readonly { deviceId: string; event: ConnectivityEvent; atMs: number }[],
  ): Promise<('done' | 'limited' | 'missing')[]>
}
