/**
 * Numbers of the worked examples of ISO 13528:2022, Annex E, with what the standard prints as their results. Numbers only; they were
 * taken over from the test data of the open package pt13528 (github.com/kanunimurat/pt13528), which names their tables.
 */

/**
 * A consensus of participants: results and, as printed, assigned value, standard deviation and standard uncertainty. `carriedOn`: the
 * deviation where the iteration goes on after its third significant figure stands still, which is where the standard stops.
 */
export interface ConsensusExample { readonly table: string; readonly by: 'algorithm-a' | 'median-niqr'; readonly results: readonly number[]; readonly value?: string; readonly sd?: string; readonly carriedOn?: string; readonly uncertainty?: string }

/** Table E.1: results below the limit of quantification taken as the limit, and left out. */
const censored = {
  ignored: [10, 10, 12, 19, 20, 20, 23, 23, 25, 25, 26, 28, 28, 30, 28, 29, 30, 30, 31, 32, 32, 45, 50],
  deleted: [12, 19, 20, 23, 23, 25, 25, 26, 28, 28, 28, 29, 30, 30, 31, 32, 32, 45],
};
/** Table E.4: atrazine in drinking water, 34 participants. */
const atrazine = [
  0.040, 0.055, 0.178, 0.202, 0.206, 0.227, 0.228, 0.230, 0.230, 0.235, 0.236, 0.237, 0.243, 0.244, 0.245, 0.2555, 0.260, 0.264, 0.267, 0.270, 0.273, 0.274, 0.274, 0.278, 0.2811, 0.287, 0.287, 0.288, 0.289, 0.295, 0.296, 0.311, 0.331, 0.4246,
];
/** Table E.11: averages of four replicates, 25 participants. */
const averages = [2.15, 1.85, 1.80, 1.80, 1.90, 1.90, 1.90, 2.05, 2.35, 2.03, 2.08, 1.25, 1.13, 1.00, 1.08, 1.20, 1.35, 1.23, 1.23, 0.90, 1.48, 1.20, 1.73, 1.43, 1.28];

/** A laboratory of table E.6 with its scores in table E.7: result, expanded uncertainty, coverage factor, z, z′, ζ, E_n. */
export type MercuryLaboratory = readonly [code: string, value: string, expanded: string, factor: string, z: string, zPrime: string, zeta: string, en: string];
/** Mercury in feed, against a reference value with its expanded uncertainty (coverage factor 2) and a fixed standard deviation. */
export const mercury: { readonly value: string; readonly expanded: string; readonly sd: string; readonly laboratories: readonly MercuryLaboratory[] } = {
  value: '0.044', expanded: '0.0082', sd: '0.0066',
  laboratories: [
    ['L04', '0.013', '0.003', '2', '-4.70', '-3.99', '-7.10', '-3.55'], ['L05', '0.013', '0.007', '2', '-4.70', '-3.99', '-5.75', '-2.88'], ['L23', '0.0135', '0.00108', '1.732', '-4.62', '-3.93', '-7.35', '-3.69'],
    ['L02', '0.014', '0.004', '2', '-4.55', '-3.86', '-6.58', '-3.29'], ['L15', '0.014', '0.0005', '2', '-4.55', '-3.86', '-7.30', '-3.65'], ['L06', '0.016', '0.003', '2', '-4.24', '-3.60', '-6.41', '-3.21'],
    ['L09', '0.017', '0.008', '2', '-4.09', '-3.47', '-4.71', '-2.36'], ['L26', '0.019', '0.003', '2', '-3.79', '-3.22', '-5.73', '-2.86'], ['L12', '0.0239', '0.0036', '2', '-3.05', '-2.59', '-4.49', '-2.24'],
    ['L03', '0.037', '0.013', '2', '-1.06', '-0.90', '-0.91', '-0.46'], ['L29', '0.039', '0.007', '2', '-0.76', '-0.64', '-0.93', '-0.46'], ['L07', '0.040', '0.008', '2', '-0.61', '-0.51', '-0.70', '-0.35'],
    ['L21', '0.040', '0.03', '2', '-0.61', '-0.51', '-0.26', '-0.13'], ['L25', '0.040', '0.010', '2', '-0.61', '-0.51', '-0.62', '-0.31'], ['L16', '0.0424', '0.008', '2', '-0.24', '-0.21', '-0.28', '-0.14'],
    ['L08', '0.044', '0.007', '2', '0.00', '0.00', '0.00', '0.00'], ['L10', '0.045', '0.007', '2', '0.15', '0.13', '0.19', '0.09'], ['L24', '0.045', '0.005', '2', '0.15', '0.13', '0.21', '0.10'],
    ['L18', '0.046', '0.007', '2', '0.30', '0.26', '0.37', '0.19'], ['L28', '0.049', '0.0072', '2', '0.76', '0.64', '0.92', '0.46'], ['L01', '0.053', '0.007', '2', '1.36', '1.16', '1.67', '0.83'],
  ],
};

export const consensusExamples: readonly ConsensusExample[] = [
  { table: 'E.1 (limit taken as result)', by: 'algorithm-a', results: censored.ignored, value: '26.01', sd: '7.23', carriedOn: '7.24' },
  { table: 'E.1 (left out)', by: 'algorithm-a', results: censored.deleted, value: '26.81', sd: '5.29' },
  { table: 'E.5', by: 'algorithm-a', results: atrazine, value: '0.2570', sd: '0.0395', uncertainty: '0.0085' },
  { table: 'E.5', by: 'median-niqr', results: atrazine, value: '0.2620', sd: '0.0402', uncertainty: '0.0086' },
  { table: 'E.7 (robust mean)', by: 'algorithm-a', results: mercury.laboratories.map(([, value]) => Number(value)), value: '0.03161' },
  { table: 'E.7 (its uncertainty)', by: 'algorithm-a', results: mercury.laboratories.map(([, value]) => Number(value)), sd: '0.0164', uncertainty: '0.0045' },
  { table: 'E.11', by: 'algorithm-a', results: averages, value: '1.57' },
];
