using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// Online SGD at w*, by the equation of its covariance matrix linearised there (derived; docs/systems/phase-retrieval.md): HΣ + ΣH = η 𝒩(Σ) + (η/B) 16σ² (s*Q + 2Qw*w*ᵀQ) with H = 8s*Q + 16 Qw*w*ᵀQ and
/// 𝒩(Σ) = (1 − 1/B) HΣH + 𝓜(Σ)/B, where 𝓜(Σ) is the second moment of a gradient that the deviations themselves make. Nothing but the nonlinearity of the dynamics is left out.
/// </summary>
internal sealed class TeacherFluctuations
{
    // Dense matrices of this many nodes take milliseconds.
    private const int LargestSize = 250;
    private const int LargestIterations = 3000;
    private const double Tolerance = 1e-12;

    private readonly TeacherNodes nodes;
    private readonly int batch;

    /// <param name="modes">The modes, or the nodes that stand for them.</param>
    /// <param name="batch">B ≥ 1.</param>
    /// <param name="most">The most nodes.</param>
    public TeacherFluctuations(WeightedModes modes, int batch, int most = int.MaxValue)
    {
        nodes = new TeacherNodes(modes, most);
        this.batch = batch;
    }

    /// <summary>The same for a problem, of any number of modes.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="modes">Its modes in some form, which are taken where they are few.</param>
    /// <param name="batch">B ≥ 1.</param>
    public static TeacherFluctuations Of(PhaseRetrievalProblem problem, WeightedModes modes, int batch) =>
        new(modes.Size <= LargestSize || modes.Representation != ModeRepresentation.Full ? modes : problem.Modes(ModeRepresentation.Compressed), batch, LargestSize);

    /// <summary>The stationary state, or null where there is none.</summary>
    /// <param name="rate">η &gt; 0.</param>
    /// <param name="noise">σ² ≥ 0.</param>
    public FluctuationFloor? Floor(double rate, double noise) => FloorEquation.Solve(nodes, rate, batch, noise);

    /// <summary>
    /// The largest learning rate at which E‖w − w*‖² falls near w* without label noise: the inverse of the largest eigenvalue of Σ ↦ 𝓗⁻¹𝒩(Σ) with 𝓗Σ = HΣ + ΣH. Both maps keep covariances covariances, so that the eigenvalue is
    /// real, iteration finds it, and every smaller rate is stable. For B → ∞ it is 2/λ_max(H).
    /// </summary>
    public double LargestRate()
    {
        var lyapunov = Lyapunov();
        var state = new CovarianceParts(nodes.Size);
        Array.Fill(state.Each, 1);
        CovarianceParts? damped = null;
        var eigenvalue = double.NaN;
        for (var k = 0; k < LargestIterations; k++)
        {
            // Both maps are symmetric: the quotient tr Σ𝒩(Σ)/tr Σ𝓗(Σ) has the square of the error of Σ. 𝓗(Σ) is known from the step before.
            var noise = Noise(state);
            var quotient = damped is null ? double.NaN : Inner(state, noise) / Inner(state, damped);
            var change = Math.Abs((quotient / eigenvalue) - 1);
            eigenvalue = quotient;
            if (change < Tolerance)
                break;
            Numerics.Interruption.Check();
            state = Solved(noise, lyapunov);
            var norm = Trace(state);
            if (!(norm > 0) || !double.IsFinite(norm))
                return double.NaN;
            state.Scale(1 / norm);
            noise.Scale(1 / norm);
            damped = noise;
        }

        return 1 / eigenvalue;
    }

    /// <summary>The factor by which the mean square of deviations changes in a step in the long run without label noise, the largest eigenvalue of Σ ↦ Σ − η(HΣ + ΣH) + η²𝒩(Σ), and the covariance to which it belongs, with tr QΣ = 1: Σ_ij = w*_i w*_j Along_ij + δ_ij Each_i over the nodes.</summary>
    /// <param name="rate">η &gt; 0.</param>
    public (double Factor, double[] Along, double[] Each) Growth(double rate)
    {
        var (factor, state) = Largest(Step);
        return (factor, state.Along, state.Each);

        CovarianceParts Step(CovarianceParts state)
        {
            var n = nodes.Size;
            var (noise, product) = (Noise(state), Product(state));
            for (var i = 0; i < n; i++)
            {
                noise.Each[i] = ((1 - (2 * rate * nodes.Curvature(i))) * state.Each[i]) + (rate * rate * noise.Each[i]);
                for (var j = 0; j < n; j++)
                {
                    var at = (i * n) + j;
                    noise.Along[at] = ((1 - (rate * (nodes.Curvature(i) + nodes.Curvature(j)))) * state.Along[at]) - (16 * rate * ((nodes.Rates[i] * product[j]) + (product[i] * nodes.Rates[j]))) + (rate * rate * noise.Along[at]);
                }
            }

            return noise;
        }
    }

    // The largest eigenvalue of a map of covariances, by iteration; its covariance has tr QΣ = 1.
    private (double Eigenvalue, CovarianceParts State) Largest(Func<CovarianceParts, CovarianceParts> map)
    {
        var state = new CovarianceParts(nodes.Size);
        Array.Fill(state.Each, 1);
        var eigenvalue = double.NaN;
        for (var k = 0; k < LargestIterations; k++)
        {
            Numerics.Interruption.Check();
            var next = map(state);
            var norm = Trace(next);
            var change = Math.Abs((norm / eigenvalue) - 1);
            eigenvalue = norm;
            if (!(norm > 0) || !double.IsFinite(norm))
                return (double.NaN, state);
            next.Scale(1 / norm);
            state = next;
            if (change < Tolerance)
                break;
        }

        return (eigenvalue, state);
    }

    // tr QΣ, which is a norm of covariances and linear.
    private double Trace(CovarianceParts state)
    {
        var n = nodes.Size;
        var sum = 0.0;
        for (var i = n - 1; i >= 0; i--)
            sum += nodes.Rates[i] * ((nodes.Weights[i] * state.Along[(i * n) + i]) + (nodes.Counts[i] * state.Each[i]));
        return sum;
    }

    // 𝒩(Σ) at σ² = 0.
    private CovarianceParts Noise(CovarianceParts state)
    {
        var n = nodes.Size;
        double[] rates = nodes.Rates, weights = nodes.Weights;
        var (t, full, part) = (nodes.Overlap, 1 - (1.0 / batch), 1.0 / batch);
        var product = Product(state);
        double variance = 0, trace = Trace(state);
        for (var i = n - 1; i >= 0; i--)
            variance += weights[i] * rates[i] * product[i];

        var result = new CovarianceParts(n);
        var own = 16 * 24 * t * t * part;
        for (var i = 0; i < n; i++)
        {
            double di = nodes.Curvature(i);
            result.Each[i] = (((full * di * di) + (own * rates[i] * rates[i])) * state.Each[i]) + (part * rates[i] * 16 * ((12 * t * t * trace) + (48 * t * variance)));
            for (var j = 0; j < n; j++)
            {
                double dj = nodes.Curvature(j);
                var at = (i * n) + j;
                result.Along[at] = (((full * di * dj) + (own * rates[i] * rates[j])) * state.Along[at])
                    + (full * ((16 * ((di * product[i] * rates[j]) + (rates[i] * dj * product[j]))) + (256 * variance * rates[i] * rates[j])))
                    + (part * 16 * rates[i] * rates[j] * ((96 * t * (product[i] + product[j])) + (48 * t * trace) + (96 * variance)));
            }
        }

        return result;
    }

    // V = (Σ Qw*)/w*.
    private double[] Product(CovarianceParts state)
    {
        var n = nodes.Size;
        var product = new double[n];
        for (var i = 0; i < n; i++)
        {
            var sum = state.Each[i] * nodes.Rates[i];
            for (var j = 0; j < n; j++)
                sum += state.Along[(i * n) + j] * nodes.Rates[j] * nodes.Weights[j];
            product[i] = sum;
        }

        return product;
    }

    // The equation for V of HΣ + ΣH = R.
    private LU<double> Lyapunov()
    {
        Numerics.Interruption.Check();
        var n = nodes.Size;
        double[] rates = nodes.Rates, weights = nodes.Weights;
        var matrix = Matrix<double>.Build.DenseIdentity(n);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                var along = 16 * rates[j] * weights[j] / (nodes.Curvature(i) + nodes.Curvature(j));
                matrix[i, j] += rates[i] * along;
                matrix[i, i] += rates[j] * along;
            }
        }

        return matrix.LU();
    }

    // tr AB.
    private double Inner(CovarianceParts a, CovarianceParts b)
    {
        var n = nodes.Size;
        double[] weights = nodes.Weights;
        var sum = 0.0;
        for (var i = n - 1; i >= 0; i--)
        {
            var row = 0.0;
            for (var j = n - 1; j >= 0; j--)
                row += weights[j] * a.Along[(i * n) + j] * b.Along[(i * n) + j];
            var at = (i * n) + i;
            sum += (weights[i] * (row + (a.Along[at] * b.Each[i]) + (a.Each[i] * b.Along[at]))) + (nodes.Counts[i] * a.Each[i] * b.Each[i]);
        }

        return sum;
    }

    // 𝓗⁻¹R.
    private CovarianceParts Solved(CovarianceParts given, LU<double> lyapunov)
    {
        var n = nodes.Size;
        var right = new CovarianceParts(n);
        given.Along.CopyTo(right.Along, 0);
        given.Each.CopyTo(right.Each, 0);
        double[] rates = nodes.Rates, weights = nodes.Weights;
        var source = new double[n];
        for (var i = 0; i < n; i++)
        {
            right.Each[i] /= 2 * nodes.Curvature(i);
            var sum = right.Each[i] * rates[i];
            for (var j = 0; j < n; j++)
                sum += right.Along[(i * n) + j] * rates[j] * weights[j] / (nodes.Curvature(i) + nodes.Curvature(j));
            source[i] = sum;
        }

        var product = lyapunov.Solve(Vector<double>.Build.Dense(source));
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                var at = (i * n) + j;
                right.Along[at] = (right.Along[at] - (16 * ((rates[i] * product[j]) + (product[i] * rates[j])))) / (nodes.Curvature(i) + nodes.Curvature(j));
            }
        }

        return right;
    }
}
