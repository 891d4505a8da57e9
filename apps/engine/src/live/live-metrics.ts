import { Counter, Gauge, type Registry } from 'prom-client'

type Figures = { connections: number; subscriptions: number; topics: number }

export type LiveMetrics = ReturnType<typeof createLiveMetrics>

/** What the live doors measure. Gauges ask when they are scraped. */
export const createLiveMetrics = (registry: Registry) => {
  const registers = [registry]
  let figures: () => Figures = () => ({ connections: 0, subscriptions: 0, topics: 0 })
  const gauge = (name: string, help: string, of: keyof Figures) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(figures()[of])
      },
    })
  gauge('thingwire_live_connections', 'Open live connections of browsers and clients', 'connections')
  gauge('thingwire_live_subscriptions', 'Live subscriptions of all connections', 'subscriptions')
  gauge('thingwire_live_topics', 'Entities and rule chains watched through this process', 'topics')
  return {
    updates: new Counter({ name: 'thingwire_live_updates_total', help: 'Live updates sent to clients', registers }),
    refusals: new Counter({
      name: 'thingwire_live_refusals_total',
      help: 'Live subscriptions refused',
      labelNames: ['code'],
      registers,
    }),
    follow: (source: () => Figures): void => {
      figures = source
    },
  }
}
