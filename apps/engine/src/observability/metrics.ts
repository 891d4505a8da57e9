import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** Everything this process measures. One registry per engine, so that tests can run several in one process. */
export const createMetrics = () => {
  const registry = new Registry()
  const registers = [registry]
  return {
    registry,
    accepted: new Counter({
      name: 'thingwire_uplink_messages_accepted_total',
      help: 'Messages that became durable',
      labelNames: ['transport'],
      registers,
    }),
    rejected: new Counter({
      name: 'thingwire_uplink_rejected_total',
      help: 'Uplinks answered with a refusal',
      labelNames: ['transport', 'code'],
      registers,
    }),
    ignoredPublishes: new Counter({
      name: 'thingwire_mqtt_ignored_publishes_total',
      help: 'Publishes on topics outside the device API',
      registers,
    }),
    spaceMessages: new Counter({
      name: 'thingwire_topic_space_messages_total',
      help: 'Messages that were published in topic spaces of tenants',
      registers,
    }),
    spaceDropped: new Counter({
      name: 'thingwire_topic_space_dropped_total',
      help: 'Messages of topic spaces that were not taken, or not passed on to a subscriber',
      labelNames: ['reason'],
      registers,
    }),
    connections: new Gauge({
      name: 'thingwire_device_connections',
      help: 'Open device connections',
      labelNames: ['transport'],
      registers,
    }),
    addressRefusals: new Counter({
      name: 'thingwire_address_refusals_total',
      help: 'Connections and requests of devices refused by the limits on addresses and strangers',
      labelNames: ['reason'],
      registers,
    }),
    strangers: new Gauge({
      name: 'thingwire_device_strangers',
      help: 'Open connections whose credentials are not accepted yet',
      registers,
    }),
    acceptSeconds: new Histogram({
      name: 'thingwire_uplink_durable_seconds',
      help: 'Time from an uplink to its durability',
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30],
      registers,
    }),
    batchMessages: new Histogram({
      name: 'thingwire_queue_batch_messages',
      help: 'Messages in one batch',
      buckets: [1, 5, 10, 25, 50, 100, 250, 500, 1000, 5000],
      registers,
    }),
    queueRetries: new Counter({
      name: 'thingwire_queue_write_retries_total',
      help: 'Batch writes that had to be repeated',
      registers,
    }),
    queuePending: new Gauge({
      name: 'thingwire_queue_pending_messages',
      help: 'Messages waiting in the queue, as this gateway estimates them',
      registers,
    }),
    processed: new Counter({
      name: 'thingwire_rule_messages_processed_total',
      help: 'Messages settled by the rule runner',
      labelNames: ['outcome'],
      registers,
    }),
    queueRuns: new Counter({
      name: 'thingwire_queue_runs_total',
      help: 'Runs of packs, or parts of them, by queue; failed: some message did not get through',
      labelNames: ['queue', 'outcome'],
      registers,
    }),
    queueMessages: new Counter({
      name: 'thingwire_queue_messages_total',
      help: 'Messages by queue and how their run ended; one that is tried again counts at each try',
      labelNames: ['queue', 'outcome'],
      registers,
    }),
    retriedMessages: new Counter({
      name: 'thingwire_rule_messages_retried_total',
      help: 'Messages that a queue tries again',
      labelNames: ['queue'],
      registers,
    }),
    jobSeconds: new Histogram({
      name: 'thingwire_rule_batch_seconds',
      help: 'Time to process one batch',
      buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30],
      registers,
    }),
    scriptMessages: new Counter({
      name: 'thingwire_script_messages_total',
      help: 'Messages that scripts of rule nodes were run for; refused: the script is suspended',
      labelNames: ['outcome'],
      registers,
    }),
    scriptSeconds: new Histogram({
      name: 'thingwire_script_call_seconds',
      help: 'Time of one call of a script with all messages of a batch',
      buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
      registers,
    }),
    scriptProcessDeaths: new Counter({
      name: 'thingwire_script_process_deaths_total',
      help: 'Script processes that ended without being asked to',
      registers,
    }),
    storedRows: new Counter({
      name: 'thingwire_store_rows_total',
      help: 'Rows committed by group commit',
      labelNames: ['store'],
      registers,
    }),
    groupRows: new Histogram({
      name: 'thingwire_store_group_rows',
      help: 'Rows in one group commit',
      labelNames: ['store'],
      buckets: [1, 10, 100, 500, 1000, 2500, 5000, 10000],
      registers,
    }),
    livePublished: new Counter({
      name: 'thingwire_live_events_total',
      help: 'Events published on the live bus',
      registers,
    }),
  }
}

export type Metrics = ReturnType<typeof createMetrics>

/** Adds the figures of the Node process: CPU, memory, event loop delay, garbage collection. */
export const collectProcessMetrics = (metrics: Metrics): void => collectDefaultMetrics({ register: metrics.registry })
