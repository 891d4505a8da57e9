export const latestWords = { total: 'Total', values: 'Values' } as const
