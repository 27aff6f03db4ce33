using Eigenflow.Solutions;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Claims: the stationary MSE, variance of u and loss of online SGD, (ησ²/B) I.</summary>
internal static class FloorClaims
{
    private const int Dimension = 8;
    private const int Replicas = 96;
    private const int Rows = 24;
    private const double Noise = 0.05;

    // Relaxation times of the slowest mode: before the first row, and between rows, which are then independent.
    private const double Before = 5, Between = 1;

    // Learning rate, batch and exponent.
    private static readonly (double Rate, int Batch, double Exponent)[] Cases = [(1e-3, 1, 0.5), (1e-3, 1, 1), (2e-3, 4, 1.5)];

    public static ReproductionResult Run(IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var claims = new List<Claim>();
        for (var k = 0; k < Cases.Length; k++)
            claims.AddRange(Floors(Cases[k].Rate, Cases[k].Batch, Cases[k].Exponent, PartialProgress.Of(progress, k, Cases.Length), cancellation));
        return new ReproductionResult { Claims = claims };
    }

    private static List<Claim> Floors(double rate, int batch, double exponent, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        // From the teacher, so that only noise is seen.
        var teacher = Enumerable.Repeat(1.0, Dimension).ToArray();
        var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(Dimension, exponent), Teacher = Teacher.Ones(), Start = Start.FromValues(teacher), Noise = Noise };
        var modes = problem.Modes(cancellation: cancellation);
        var relaxation = 1 / (8 * modes.SmallestEigenvalue * rate);
        long[] steps = [.. Enumerable.Range(0, Rows).Select(row => (long)((Before + (Between * row)) * relaxation))];
        var sgd = problem.Solve(new OnlineSgd { LearningRate = rate, Batch = batch, Replicas = Replicas, Threads = 1, AtSteps = steps, Seed = 5 }, progress, cancellation);
        cancellation.ThrowIfCancellationRequested();
        var floor = StationaryFloor.Of(modes, rate, batch, Noise);
        var finite = new TeacherFluctuations(modes, batch).Floor(rate, Noise)!;
        double[] variances = [.. Enumerable.Range(0, Rows).Select(row => sgd["u-se"][row] * sgd["u-se"][row] * Replicas)];
        var claims = new List<Claim>();
        Add("mse", "the stationary MSE is ησ²/B", floor.MeanSquaredError, finite.MeanSquaredError, sgd["mse"]);
        Add("overlap-variance", "the stationary variance of u is ησ² s*⁽²⁾/B", floor.OverlapVariance, finite.OverlapVariance, variances);
        Add("loss", "the stationary loss is ησ² (4 + 8s*⁽²⁾)/B", floor.Loss, finite.Loss, sgd["loss"]);
        return claims;

        void Add(string id, string statement, double predicted, double finiteSteps, double[] rows)
        {
            var mean = rows.Average();

            // Rows one relaxation time apart are correlated by 1/e: the mean has the variance of rows/(coth ½) of them.
            var error = MathNet.Numerics.Statistics.Statistics.StandardDeviation(rows) / Math.Sqrt(Rows * Math.Tanh(0.5 * Between));
            claims.Add(Claim.Absolute(
                $"floor-{id}-a{DisplayNumber.Of(exponent)}", FormattableString.Invariant($"{statement} (a = {DisplayNumber.Of(exponent)}, d = {Dimension}, η = {DisplayNumber.Of(rate)}, B = {batch}, σ² = {Noise})"), predicted, mean,
                Math.Abs(finiteSteps - predicted) + (3 * error), Curves.Derived,
                $"mean over {Replicas} runs and {Rows} rows; tolerance: what finite steps change by the covariance equation, {DisplayNumber.Percent(Math.Abs((finiteSteps / predicted) - 1))}, and 3 standard errors of {DisplayNumber.Of(error, 2)}", PredictionKind.Asymptotic)
                .UpTo(sgd.Times[^1]).At("d", Dimension).At("runs", Replicas));
        }
    }
}
