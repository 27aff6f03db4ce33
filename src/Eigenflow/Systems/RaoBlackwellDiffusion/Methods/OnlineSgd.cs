using Eigenflow.Dynamics;
using Eigenflow.Random;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>SGD with fresh samples from zero, with the targets of any estimator: means over independent runs.</summary>
internal sealed record OnlineSgd : SampledRuleMethod<DiffusionProblem>
{
    private const int Stream = 0;
    private const double MostNumbers = 2e8;

    /// <inheritdoc/>
    public override string Name => "sgd";

    /// <summary>What is trained.</summary>
    public ModelKind Model { get; init; }

    /// <summary>Samples B of a step.</summary>
    public long Batch { get; init; } = 1;

    private protected override IReadOnlyList<NamedQuantity> Quantities => [DiffusionColumns.Distance, DiffusionColumns.MeanDistance, DiffusionColumns.ExcessRisk];

    /// <summary>Checks that a step and the replicas are of a sensible size.</summary>
    /// <exception cref="EigenflowException">They are not.</exception>
    public static void Check(DiffusionProblem problem, long batch, int replicas)
    {
        var work = (double)batch * problem.Dimension * (problem.Estimator.IsSampled() ? problem.Samples : 1);
        if (work > MostNumbers)
            throw new ParameterException("batch", batch, DisplayText.Plain($"at most {MostNumbers / work * batch:G2} for these targets"), "a step would take minutes");
        if (8.0 * problem.Dimension * problem.Dimension * replicas > 4e9)
            throw new TooLargeException($"replicas = {replicas}", 8.0 * problem.Dimension * problem.Dimension * replicas, 4e9, "lower replicas");
    }

    private protected override double DefaultRate(DiffusionProblem problem) => SgdRates.Default(problem, Model);

    private protected override long DefaultSteps(DiffusionProblem problem, double learningRate) => SgdRates.DefaultSteps;

    private protected override string Identity(DiffusionProblem problem) =>
        FormattableString.Invariant($"{ProblemIdentity.Of(problem)} {Model} {Batch} ") + string.Join(',', ProblemIdentity.Columns(problem).SelectMany(column => column).Select(value => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture)));

    private protected override StateRule Rule(DiffusionProblem problem, int replica) =>
        new SgdRule(problem, Shared.Of(problem, Model), Model, (int)Batch, new GaussianAddress((ulong)Seed, Stream, replica, 0));

    // The model is the same for all replicas.
    private static class Shared
    {
        private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<DiffusionProblem, LinearModel> Linear = [], Posterior = [];

        public static LinearModel Of(DiffusionProblem problem, ModelKind kind) => kind == ModelKind.Linear
            ? Linear.GetValue(problem, one => LinearModel.Of(one, false))
            : Posterior.GetValue(problem, one => PosteriorModel.Of(one with { Estimator = EstimatorKind.Full }, CancellationToken.None).Model);
    }
}
