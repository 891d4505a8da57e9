import type { Clock } from '@thingwire/rules'
import { Deduplicator } from './deduplicator.ts'
import type { Strategy } from './settings.ts'

/** Which of a node's actions run for one message. `release` undoes what the decision remembered. */
export type Decision<A extends string> = { run: Readonly<Record<A, boolean>>; any: boolean; release(): void }

type Settings =
  | { type: 'ON_EVERY_MESSAGE' | 'WEBSOCKETS_ONLY' }
  | { type: 'DEDUPLICATE'; deduplicationIntervalSecs: number }
  | { type: 'ADVANCED' }

type Rule = { kind: 'always' } | { kind: 'never' } | { kind: 'first'; deduplicator: Deduplicator }

/** Turns `processingSettings` into a decision per message. With DEDUPLICATE all actions share one decision. */
export class ActionPlan<A extends string> {
  readonly #rules: [A, Rule][]

  constructor(actions: readonly A[], settings: Settings & Partial<Record<A, Strategy>>, clock: Clock) {
    const shared = settings.type === 'DEDUPLICATE' ? ruleOf(settings, clock) : null
    this.#rules = actions.map((name) => [name, shared ?? ruleFor(name, settings, clock)])
  }

  decide(ts: number, originatorId: string): Decision<A> {
    const asked = new Map<Deduplicator, boolean>()
    const ask = (deduplicator: Deduplicator) => {
      const answer = asked.get(deduplicator) ?? deduplicator.claim(ts, originatorId)
      asked.set(deduplicator, answer)
      return answer
    }
    const runs = this.#rules.map(([name, rule]) => [
      name,
      rule.kind === 'first' ? ask(rule.deduplicator) : rule.kind === 'always',
    ])
    return {
      run: Object.fromEntries(runs),
      any: runs.some(([, does]) => does),
      release: () => {
        for (const [deduplicator, claimed] of asked) if (claimed) deduplicator.release(ts, originatorId)
      },
    }
  }
}

const ruleFor = <A extends string>(name: A, settings: Settings & Partial<Record<A, Strategy>>, clock: Clock): Rule => {
  switch (settings.type) {
    case 'WEBSOCKETS_ONLY':
      return { kind: name === 'webSockets' ? 'always' : 'never' }
    case 'ADVANCED': {
      const strategy: Strategy | undefined = settings[name]
      return strategy ? ruleOf(strategy, clock) : { kind: 'never' }
    }
    default:
      return { kind: 'always' }
  }
}

const ruleOf = (strategy: Strategy, clock: Clock): Rule => {
  switch (strategy.type) {
    case 'ON_EVERY_MESSAGE':
      return { kind: 'always' }
    case 'SKIP':
      return { kind: 'never' }
    case 'DEDUPLICATE':
      return { kind: 'first', deduplicator: new Deduplicator(strategy.deduplicationIntervalSecs, clock) }
  }
}
