import type { NodeCase } from '../node-case.ts'

export const cases: NodeCase[] = [
  {
    title: 'imports, and fails messages until there is a notification centre',
    config: {
      targets: ['22222222-2222-4222-8222-222222222222'],
      templateId: { entityType: 'NOTIFICATION_TEMPLATE', id: '33333333-3333-4333-8333-333333333333' },
    },
    leaves: [],
    refuses: '"send notification" needs the notification centre, which is not available yet',
  },
]
