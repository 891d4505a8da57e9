// The load process of deliveries.ts: devices that send the moment of sending over MQTT, at a given rate.
import mqtt from 'mqtt'

export type SendPlan = {
  mqttPort: number
  tokens: string[]
  /** Messages a second of all together, whatever the platform does. */
  rate: number
  ms: number
}
export type SendReport = {
  sent: number
  /** By which the last message was sent later than it was due, ms: much of it means that the load was too much for this process. */
  behindMs: number
}

const run = async ({ mqttPort, tokens, rate, ms }: SendPlan): Promise<SendReport> => {
  const clients = await Promise.all(
    tokens.map((username) => mqtt.connectAsync(`mqtt://127.0.0.1:${mqttPort}`, { username, reconnectPeriod: 0 })),
  )
  const beganMs = performance.now()
  const count = Math.floor((ms * rate) / 1_000)
  const acknowledged: Promise<unknown>[] = []
  let behindMs = 0
  for (let sent = 0; sent < count; sent++) {
    const early = beganMs + (sent * 1_000) / rate - performance.now()
    if (early > 0) await new Promise((resolve) => setTimeout(resolve, early))
    behindMs = Math.max(0, -early)
    const client = clients[sent % clients.length]
    if (client)
      acknowledged.push(
        client.publishAsync('v1/devices/me/telemetry', JSON.stringify({ load: Date.now() }), { qos: 1 }),
      )
  }
  await Promise.all(acknowledged)
  await Promise.all(clients.map((client) => client.endAsync()))
  return { sent: count, behindMs: Math.round(behindMs) }
}

process.once('message', (plan: SendPlan) => {
  void run(plan).then((report) => process.send?.(report, () => process.disconnect?.()))
})
