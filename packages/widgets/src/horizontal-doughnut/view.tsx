'use client'
export { DoughnutChart as HorizontalDoughnut } from '../engines/latest-chart/doughnut.tsx'
