export const heatMapWords = { scale: 'Scale', summary: '{title}: from {min} to {max}' } as const
