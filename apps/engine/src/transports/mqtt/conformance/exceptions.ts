import type { SpecificationVersion } from './clause.ts'

/** `differs`: ours does something else, for the reason given. `no case`: the situation cannot arise here. */
export type Exception = {
  version: SpecificationVersion
  ids: readonly string[]
  kind: 'differs' | 'no case'
  reason: string
}

/** The statements on servers that no test shows, and why. */
export const exceptions: readonly Exception[] = [
  {
    version: '3.1.1',
    ids: ['7.0.0-1'],
    kind: 'no case',
    reason: 'The broker opens no connections to other servers.',
  },
  ...(['3.1.1', '5.0'] as const).map((version) => ({
    version,
    ids: ['4.7.3-3'],
    kind: 'no case' as const,
    reason: 'The length in front of a text has two bytes: a longer text cannot be written.',
  })),
  {
    version: '5.0',
    ids: ['3.2.2-9', '3.2.2-10', '3.2.2-12'],
    kind: 'no case',
    reason: 'QoS 0, 1 and 2 are all served.',
  },
  {
    version: '5.0',
    ids: ['3.15.2-1', '3.15.2-2', '3.15.2-3', '4.12.0-2', '4.12.0-5', '4.12.1-2'],
    kind: 'no case',
    reason: 'No authentication method is offered, so the server never sends AUTH.',
  },
  {
    version: '5.0',
    ids: ['3.2.2-13'],
    kind: 'differs',
    reason:
      'A device without the topic space is told that retained messages are not available; its will, retained or not, is dropped rather than its connection refused, as the platforms do that its firmware was written for.',
  },
]
