using Eigenflow.Solutions;
using Eigenflow.Systems.ScalingRenormalization;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.ScalingRenormalization;

/// <summary>The phase table (arXiv 2405.00592), crossovers and optima.</summary>
public sealed class PhaseTableTests
{
    private static readonly ISystem System = SystemCatalog.Find("scaling-renormalization");

    [Fact]
    public void ReferenceValues()
    {
        var quiet = new PhaseTable(1.2, 1.1, 0.3);
        double[] terms = [.. quiet.Terms(1, 1.5, isNoisy: false).Select(term => term.Exponent)];
        double[] known = [2.4, 2.0, 1.8, 1.2];
        terms.Length.ShouldBe(known.Length);
        for (var k = 0; k < known.Length; k++)
            terms[k].ShouldBe(known[k], 1e-12);
        quiet.Dominant(1, 1.5, isNoisy: false).Term.ShouldBe(PhaseTerm.Features);
        var noisy = new PhaseTable(1.5, 0.8);
        double[] others = [.. noisy.Terms(0.6, 2, isNoisy: true).Select(term => term.Exponent)];
        known = [2.4, 0.96, 3, 2.2, 0.6];
        for (var k = 0; k < known.Length; k++)
            others[k].ShouldBe(known[k], 1e-12);
        var (limit, exponent) = noisy.Dominant(0.6, 2, isNoisy: true);
        limit.ShouldBe(PhaseTerm.Noise);
        exponent.ShouldBe(0.6, 1e-12);
    }

    [Fact]
    public void WithoutFeaturesOnlyDataRidgeAndNoiseLimit() =>
        new PhaseTable(1.5, 0.8).Terms(0.6, double.PositiveInfinity, isNoisy: true).Select(term => term.Term).ShouldBe([PhaseTerm.Data, PhaseTerm.Ridge, PhaseTerm.Noise]);

    // A setting is read as powers of its samples: λ D/N = P^(−0.6), N = P².
    [Fact]
    public void PredictionsAreTheTableAtTheSetting()
    {
        var found = Predict(("dimension", "1e9"), ("samples", "1000"), ("ridge", (Math.Pow(1000, -0.6) * 1e6 / 1e9).ToString("R", global::System.Globalization.CultureInfo.InvariantCulture)), ("layers", "gaussian:1000000"), ("noise", "1"));
        Value(found, "ridge-exponent").ShouldBe(0.96, 1e-9);
        Value(found, "width-exponent").ShouldBe(3, 1e-9);
        Value(found, "features-exponent").ShouldBe(2.2, 1e-9);
        Value(found, "noise-exponent").ShouldBe(0.6, 1e-9);
        Value(found, "learning-exponent").ShouldBe(0.6, 1e-9);
        Value(Predict(("noise", "0"), ("ridge", "0.01")), "learning-exponent").ShouldBe(1.6, 1e-9);
    }

    [Theory]
    [InlineData("gaussian:50", 1)]
    [InlineData("structured:50:0.4", 1)]
    [InlineData("structured:50:0.8", 0.25)]
    [InlineData("structured:50:1.5", 0)]
    public void WidthAveragesUnlessWeightsAreSteep(string layer, double expected) => PhaseTable.AveragingOf(LayerForm.Parameter("").Read(layer)[0]).ShouldBe(expected, 1e-12);

    // The places are where both sides are equal.
    [Fact]
    public void CrossoversAreWherePartsAreEqual()
    {
        var problem = new RegressionProblem { Target = TargetSpectrum.PowerLaw(1_000_000, 2, 1.5), Layers = [new LayerForm(LayerKind.Gaussian, 1e4)] };
        var risk = (problem with { Samples = Crossovers.VarianceOnset(problem) }).Equivalent().At(0).Risk(0);
        (risk.Features + risk.Both).ShouldBe(risk.Bias + risk.Data, 1e-9 * risk.Bias);
        var noisy = problem with { AdditiveNoise = 1e-10, Layers = [new LayerForm(LayerKind.Gaussian, 1e12)] };
        var at = (noisy with { Samples = Crossovers.AdditiveOnset(noisy) }).Equivalent().At(0);
        (noisy.AdditiveInput / at.Kappa).ShouldBe(at.Resolution.Learned / 2, 1e-8 * at.Resolution.Learned);
    }

    [Fact]
    public void OptimaAreNotBeatenByTheirNeighbours()
    {
        var problem = new RegressionProblem { Target = TargetSpectrum.PowerLaw(1000, 1.5, 0.8), Samples = 100, Ridge = 1e-6, Noise = 0.1, Layers = [new LayerForm(LayerKind.Gaussian, 20)] };
        var best = OptimalWidth.Of(problem);
        best.ShouldBeInRange(1, 100);
        foreach (var factor in (double[])[0.9, 1.1])
            Error(problem.Along("width", factor * best)).ShouldBeGreaterThan(Error(problem.Along("width", best)));
        OptimalWidth.Of(problem with { Noise = 0, Ridge = 0.01 }).ShouldBe(double.PositiveInfinity);
        var plain = problem with { Layers = [] };
        var (time, error) = EarlyStopping.Of(plain);
        var flow = (plain with { Ridge = 0 }).Solve(new FlowCurve { Along = "t", At = [0.9 * time, time, 1.1 * time] });
        flow["error"][1].ShouldBe(error, 1e-9 * error);
        flow["error"][0].ShouldBeGreaterThan(error);
        flow["error"][2].ShouldBeGreaterThan(error);

        static double Error(RegressionProblem one) => one.Equivalent().At(one.Ridge).Risk(one.Noise).Error;
    }

    [Fact]
    public void PeaksAreEventsOfASweep()
    {
        double[] values = [1, 1e-5, 1e-10], counts = [10, 100, 10_000], lengths = [1, 100, 10_000];
        var target = TargetSpectrum.Blocks(values, counts, [.. values.Zip(counts, lengths).Select(block => block.First * block.Second * block.Third)]);
        var solution = new RegressionProblem { Target = target }.Solve(new RiskCurve { Along = "samples", From = 1, To = 5000, Points = 400 });
        solution.Events["peaks"].ShouldBe(2);
        solution.Events["peak-1"]!.Value.ShouldBe(10, 1);
        solution.Events["peak-2"]!.Value.ShouldBe(110, 10);
        solution.Events["peak-3"].ShouldBeNull();
        Solve("theory", ("noise", "0"), ("ridge", "0.1")).Events["peaks"].ShouldBe(0);
    }

    private static Solution Solve(string method, params (string Name, string Value)[] values) => System.Solve(System.Complete(method, Setting(values)));

    private static IReadOnlyList<Prediction> Predict(params (string Name, string Value)[] values) => System.Predict(System.Complete(null, Setting(values)));

    private static double Value(IReadOnlyList<Prediction> predictions, string name) => predictions.Single(prediction => prediction.Name == name).Value;

    private static Setting Setting(params (string Name, string Value)[] values) =>
        new(values.Select(pair => KeyValuePair.Create(pair.Name, System.Parameter(pair.Name)!.Parse(pair.Value))));
}
