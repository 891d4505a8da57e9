export const gaugeWords = {
  below: 'below the scale',
  above: 'above the scale',
}
