export const stepperWords = { less: 'Less', more: 'More' }
