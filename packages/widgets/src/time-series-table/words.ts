export const seriesTableWords = {
  time: 'Time',
  entities: 'Entities',
  noRows: 'Nothing was sent in this time',
}
