using Eigenflow.Dynamics;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>Problems, runs and sources that several tasks of the reproduction share.</summary>
internal static class Lab
{
    public const string Paper = "arXiv:2510.14074";

    public const string HighLine = "arXiv:2405.19585";

    public const string Derived = "derived (docs/systems/multiclass-sgd.md)";

    /// <summary>Numbers spaced evenly in the logarithm, the ends included.</summary>
    public static double[] Logarithmic(double from, double to, int count) => [.. TimeGrid.Logarithmic(from, to, count).Skip(1)];

    /// <summary>The symmetric mixture, whose two classes are one class of margins, with a flat mean of norm one.</summary>
    public static MultiClassProblem Symmetric(long dimension, ClassSpectrum spectrum, MarginLoss loss) => new()
    {
        Dimension = dimension,
        Loss = loss,
        Classes = [new MixtureClass(0.5, MeanProfile.Flat, spectrum), new MixtureClass(0.5, MeanProfile.Flat, spectrum) { MeanSize = -1, Label = -1 }],
    };

    /// <summary>Two classes of opposite means and power-law spectra.</summary>
    public static MultiClassProblem Pair(MixtureLaws laws, MarginLoss loss, long dimension = 400) => new()
    {
        Dimension = dimension,
        Loss = loss,
        Classes = [.. laws.Powers.Select((power, i) => new MixtureClass(laws.Probabilities[i], MeanProfile.PowerOf(laws.Beta), ClassSpectrum.PowerLaw(power)) { MeanSize = i == 0 ? laws.Scale : -laws.Scale, Label = i == 0 ? 1 : -1 })],
    };

    /// <summary>The theory at given times.</summary>
    public static Solution Theory(this MultiClassProblem problem, double learningRate, double[] times, CancellationToken cancellation, LearningRateRule? rule = null) =>
        problem.Run(new MultiClassTheory { LearningRate = learningRate, Rule = rule, Times = times }, cancellation);

    /// <summary>The theory for d = ∞ at given times.</summary>
    public static Solution Continuum(this MultiClassProblem problem, double learningRate, double[] times, CancellationToken cancellation) =>
        problem.Run(new MultiClassTheory { LearningRate = learningRate, Times = times, IsContinuum = true }, cancellation);

    /// <summary>SGD, the mean of runs.</summary>
    public static Solution Sgd(this MultiClassProblem problem, double learningRate, double[] times, int runs, CancellationToken cancellation, LearningRateRule? rule = null) =>
        problem.Run(new OnlineSgd { LearningRate = learningRate, Rule = rule, Times = times, Replicas = runs, Threads = 1 }, cancellation);

    /// <summary>Least squares of y on x: the slope and the place where the line is zero.</summary>
    public static (double Slope, double Root) Line(IReadOnlyCollection<double> x, IReadOnlyCollection<double> y)
    {
        var (meanX, meanY) = (x.Average(), y.Average());
        var slope = x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum() / x.Sum(a => (a - meanX) * (a - meanX));
        return (slope, meanX - (meanY / slope));
    }

    private static Solution Run(this MultiClassProblem problem, MixtureMethod method, CancellationToken cancellation)
    {
        var solution = problem.Solve(method, null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return solution;
    }
}
