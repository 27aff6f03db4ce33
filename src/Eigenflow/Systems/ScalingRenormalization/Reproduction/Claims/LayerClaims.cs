using Eigenflow.Solutions;

namespace Eigenflow.Systems.ScalingRenormalization;

/// <summary>Simulation against theory: every kind of layer, at finite size. Theory and mean agree within the finite size, O(1/P), stated in advance as 10 %, or within the interval of the mean.</summary>
internal static class LayerClaims
{
    private const double FiniteSize = 0.1;
    private const int Runs = 60;

    private static readonly (string Id, LayerForm[] Layers, double Additive)[] Cases =
    [
        ("plain", [], 0),
        ("gaussian", [new LayerForm(LayerKind.Gaussian, 100)], 0),
        ("projection", [new LayerForm(LayerKind.Projection, 100)], 0),
        ("structured", [new LayerForm(LayerKind.Structured, 100, 0.7)], 0),
        ("deep", [new LayerForm(LayerKind.Gaussian, 150), new LayerForm(LayerKind.Gaussian, 100)], 0),
        ("noisy", [new LayerForm(LayerKind.Gaussian, 100)], 2.5e-4),
    ];

    /// <summary>Runs all cases.</summary>
    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        for (var k = 0; k < Cases.Length; k++)
        {
            var (id, layers, additive) = Cases[k];
            var problem = new RegressionProblem { Target = TargetSpectrum.PowerLaw(200, 1.2, 0.6), Samples = 60, Ridge = 1e-3, Noise = 0.05, Layers = layers, AdditiveNoise = additive };
            var simulated = problem.Solve(new RegressionSimulation { Along = "samples", At = [60], Replicas = Runs, Threads = 1, Seed = 5, DataSets = 4, FeatureDraws = 4 }, progress, cancellation);
            cancellation.ThrowIfCancellationRequested();
            claims.Add(Compare(id + "-error", DisplayText.Of($"test error of {id} regression, D = 200, P = 60"), problem, simulated, "error"));
            claims.Add(Compare(id + "-train-error", DisplayText.Of($"training error of {id} regression, D = 200, P = 60"), problem, simulated, "train-error"));
        }

        return new ReproductionResult { Claims = claims };
    }

    /// <summary>The row of a simulation that is farthest from the theory in units of its allowance.</summary>
    /// <param name="id">Identifier.</param>
    /// <param name="statement">What is claimed.</param>
    /// <param name="problem">The problem.</param>
    /// <param name="simulated">Its simulation.</param>
    /// <param name="observable">The column.</param>
    public static Claim Compare(string id, string statement, RegressionProblem problem, Solution simulated, string observable)
    {
        var axis = simulated.Observables[0];
        return Farthest(id, statement, observable, [.. Enumerable.Range(0, simulated.Rows).Select(row => (problem.Along(axis.Name, axis.Values[row]), simulated, row))]);
    }

    /// <summary>The same of rows of several simulations.</summary>
    /// <param name="id">Identifier.</param>
    /// <param name="statement">What is claimed.</param>
    /// <param name="observable">The column.</param>
    /// <param name="rows">The problem of every row, and the simulation that holds it.</param>
    public static Claim Farthest(string id, string statement, string observable, IReadOnlyList<(RegressionProblem Problem, Solution Simulated, int Row)> rows)
    {
        var axis = rows[0].Simulated.Observables[0];
        var (measured, predicted, half, at, worst) = (double.NaN, double.NaN, double.NaN, double.NaN, -1.0);
        var runs = 0L;
        foreach (var (one, simulated, row) in rows)
        {
            var repeats = simulated.Statistics.Evaluations / Math.Max(1, simulated.Rows);
            var risk = one.Equivalent().At(one.Ridge).Risk(one.Noise);
            var theory = RegressionQuantities.Parts.First(part => part.Quantity.Name == observable).Of(risk);
            var interval = MeanOfRuns.Half(simulated[observable + ReplicaColumns.Error][row], (int)repeats);
            var distance = Math.Max(0, Math.Abs(simulated[observable][row] - theory) - interval) / Math.Abs(theory);
            if (distance > worst)
                (measured, predicted, half, at, worst, runs) = (simulated[observable][row], theory, interval, simulated.Observables[0].Values[row], distance, repeats);
        }

        return Claim.Relative(id, statement, predicted, measured, FiniteSize, RegressionReproduction.Paper, DisplayText.Of($"mean over {runs} repeats at the {axis.Name} that are farthest from theory, {axis.Symbol} = {at}"), PredictionKind.Asymptotic, half)
            .At("runs", runs);
    }
}
