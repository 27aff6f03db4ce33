namespace Eigenflow.Benchmarks;

/// <summary>What must agree between two contestants, so that their times may be compared.</summary>
internal enum EqualityCheck
{
    /// <summary>Mean 0 and variance 1 of the numbers, within six standard errors.</summary>
    Moments,

    /// <summary>The same law: final s, u and MSE within the fluctuations of SGD, 20 % of one.</summary>
    Law,

    /// <summary>The same numbers: final s, u and MSE within 1e-8.</summary>
    Values,

    /// <summary>The same law of a mixture: final risk, mean and variance of the output within the fluctuations of SGD, 0.1.</summary>
    MixtureLaw,

    /// <summary>The same numbers of a mixture: risk, mean and variance of the output within 1e-6.</summary>
    MixtureValues,

    /// <summary>The same leading eigenvalues, within 1e-10 of the largest; the note holds both peak memories.</summary>
    Eigenvalues,

    /// <summary>The same fit: last losses within 1 %.</summary>
    Fit,

    /// <summary>The same least squares: parameters of the power law with a floor within 1e-6 of themselves.</summary>
    Fits,

    /// <summary>The same risks, within 1e-9 of themselves.</summary>
    Risks,

    /// <summary>The same law: risks within 10 % of each other, the fluctuations of one run.</summary>
    RiskLaw,

    /// <summary>Nothing: two requests to our own engine of different size, or the same with more threads.</summary>
    None,
}

/// <summary>One piece of work for a contestant.</summary>
/// <param name="Worker">Name of the worker: <c>eigenflow</c>, <c>eigenflow-unpinned</c>, <c>numpy</c>, <c>torch</c>, <c>scipy</c> or <c>cvode</c>.</param>
/// <param name="Request">The request.</param>
/// <param name="Units">Units of work in the request (numbers, steps, solves); times are compared per unit.</param>
internal sealed record Contestant(string Worker, WorkerMessage Request, double Units);

/// <summary>A comparison on equal work.</summary>
/// <param name="Work">Identifier of the work in results, such as <c>sgd-d1000</c>.</param>
/// <param name="Unit">What is counted, such as <c>step</c>.</param>
/// <param name="Ours">Our side.</param>
/// <param name="Peer">Name of the other side in results.</param>
/// <param name="Theirs">The other side.</param>
/// <param name="Check">How it is made sure that the work is equal.</param>
/// <param name="Bar">The ratio (their time over ours) that is to be reached.</param>
/// <param name="MeasuresIntegration">Whether the compression pass and the set-up are left out of the times.</param>
internal sealed record BenchmarkComparison(
    string Work, string Unit, Contestant Ours, string Peer, Contestant Theirs, EqualityCheck Check, double? Bar, bool MeasuresIntegration = false);

/// <summary>The outcome of a comparison.</summary>
/// <param name="Work">Identifier of the work.</param>
/// <param name="Unit">What is counted.</param>
/// <param name="OurSeconds">Median of our seconds per unit.</param>
/// <param name="Peer">Name of the other side.</param>
/// <param name="PeerSeconds">Median of its seconds per unit.</param>
/// <param name="Ratio">Median of the ratios of neighbouring measurements, their time over ours.</param>
/// <param name="Spread">Half the distance between the quartiles of these ratios.</param>
/// <param name="Bar">The ratio that is to be reached, or null.</param>
/// <param name="Note">How equality was checked, with the numbers.</param>
public sealed record BenchmarkResult(string Work, string Unit, double OurSeconds, string Peer, double PeerSeconds, double Ratio, double Spread, double? Bar, string Note)
{
    /// <summary>Whether the bar is reached; true when there is none.</summary>
    public bool ReachesBar => Bar is not { } bar || Ratio >= bar;
}
