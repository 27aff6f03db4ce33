using Eigenflow.Numerics;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// All exponentials of Phase I (derived): u(t) = Σ_k C_k e^(ρ_k t) in the linear flow, ρ_k the roots of 1 = 8 Σ w*_i² λ_i²/(ρ − 4λ_i s*), one above the largest pole and one between
/// each two, and C_k = â(ρ_k)/D′(ρ_k). Work O(n) per evaluation and about 15 of them per root.
/// </summary>
/// <param name="Rates">ρ_k, descending.</param>
/// <param name="Coefficients">C_k.</param>
public sealed record PhaseOneModes(double[] Rates, double[] Coefficients)
{
    /// <summary>The largest rates of a problem.</summary>
    /// <param name="problem">The problem; every mode is carried.</param>
    /// <param name="count">Number of rates at most.</param>
    public static PhaseOneModes Of(PhaseRetrievalProblem problem, int count = int.MaxValue)
    {
        var modes = problem.Modes(ModeRepresentation.Full).Merged();

        // Modes without teacher take no part in u, and their poles have no weight.
        int[] active = [.. Enumerable.Range(0, modes.Size).Where(j => modes.Teacher[j] != 0 && modes.Eigenvalues[j] > 0).OrderByDescending(j => modes.Eigenvalues[j])];
        double[] poles = [.. active.Select(j => 4 * modes.Eigenvalues[j] * modes.TeacherOverlap)];
        double[] squares = [.. active.Select(j => 8 * modes.Weights[j] * Math.Pow(modes.Teacher[j] * modes.Eigenvalues[j], 2))];
        double[] drives = [.. active.Select(j => modes.Weights[j] * modes.Eigenvalues[j] * modes.Start[j] * modes.Teacher[j])];
        var size = Math.Min(count, active.Length);
        var (rates, coefficients) = (new double[size], new double[size]);
        for (var k = 0; k < size; k++)
        {
            // From the pole below: a root that is close to it keeps its distance. The largest one is at most the sum of the weights above its pole.
            var width = k == 0 ? squares.Sum() * (1 + 1e-9) : (poles[k - 1] - poles[k]) * (1 - 1e-12);
            var number = k;
            var distance = Math.Exp(ScalarRoot.Find(logarithm => Sum(number, Math.Exp(logarithm)) - 1, Math.Log(width) - 80, Math.Log(width)));
            rates[k] = poles[k] + distance;
            double drive = 0, slope = 0;
            for (var i = poles.Length - 1; i >= 0; i--)
            {
                var gap = distance + (poles[k] - poles[i]);
                drive += drives[i] / gap;
                slope += squares[i] / gap / gap;
            }

            coefficients[k] = drive / slope;
        }

        return new PhaseOneModes(rates, coefficients);

        double Sum(int k, double distance)
        {
            var sum = 0.0;
            for (var i = poles.Length - 1; i >= 0; i--)
                sum += squares[i] / (distance + (poles[k] - poles[i]));
            return sum;
        }
    }

    /// <summary>u(t) of the linear flow.</summary>
    /// <param name="time">t ≥ 0.</param>
    public double At(double time)
    {
        var sum = 0.0;
        for (var k = Rates.Length - 1; k >= 0; k--)
            sum += Coefficients[k] * Math.Exp(Rates[k] * time);
        return sum;
    }
}
