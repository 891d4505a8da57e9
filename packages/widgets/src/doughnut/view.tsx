'use client'
export { DoughnutChart as Doughnut } from '../engines/latest-chart/doughnut.tsx'
