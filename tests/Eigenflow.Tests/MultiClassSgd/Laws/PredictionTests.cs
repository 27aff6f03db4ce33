using Eigenflow.Systems;
using Eigenflow.Systems.MultiClassSgd;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.MultiClassSgd;

/// <summary>Predictions of a setting against the theory, and where they stand to their windows.</summary>
public sealed class PredictionTests
{
    private static Dictionary<string, Prediction> Of(MultiClassProblem problem, double end, double learningRate = 0.7, bool isConstant = true, bool isContinuum = false) =>
        MultiClassPredictions.Of(problem, learningRate, isConstant, 1, end, isContinuum).ToDictionary(one => one.Name);

    private static MultiClassProblem Symmetric(ClassSpectrum spectrum, ClassLoss loss, long dimension = 50) => new()
    {
        Dimension = dimension,
        Loss = loss,
        Classes = [new MixtureClass(0.5, MeanProfile.Flat, spectrum), new MixtureClass(0.5, MeanProfile.Flat, spectrum) { MeanSize = -1, Label = -1 }],
    };

    [Fact]
    public void ExactNumbersAreThoseOfTheTheory()
    {
        var squares = Symmetric(ClassSpectrum.PowerLaw(0.5), new LeastSquaresLoss());
        var predicted = Of(squares, 10);
        var theory = squares.Solve(new MultiClassTheory { LearningRate = 0.7, Times = [10, 1e6], RelativeTolerance = 1e-11 });
        predicted["final-risk"].Value.ShouldBe(theory["risk"][0], 1e-8);
        predicted["final-gap"].Value.ShouldBe(1 - theory["m1"][0], 1e-8);
        predicted["plateau"].Value.ShouldBe(theory["risk"][1], 1e-9);
        predicted["noise-gain"].Value.ShouldBe(0.7 / predicted["largest-learning-rate"].Value, 1e-14);
        predicted["largest-learning-rate"].Value.ShouldBe(1 / Stability.Of(squares.Modes(), 1), 1e-12);
        predicted["optimal-risk"].Value.ShouldBe(PopulationOptimum.Risk(squares), 1e-12);
        predicted["plateau"].Window.ShouldBe(WindowStatus.Outside);
        Of(squares, 1000)["plateau"].Window.ShouldBe(WindowStatus.Inside);
    }

    [Fact]
    public void LogisticEndsWhereItIsPredicted()
    {
        var margins = Symmetric(ClassSpectrum.PowerLaw(0.5), new LogisticLoss());
        var predicted = Of(margins, 1e5);
        var theory = margins.Solve(new MultiClassTheory { LearningRate = 0.7, Times = [1e5] });
        predicted["plateau"].Value.ShouldBe(theory["risk"][^1], 1e-8);
        predicted["plateau-mean"].Value.ShouldBe(theory["m1"][^1], 1e-6);
        predicted["plateau-variance"].Value.ShouldBe(theory["b11"][^1], 1e-5);
        predicted["plateau"].Window.ShouldBe(WindowStatus.Inside);
        predicted["optimal-risk"].Value.ShouldBe(LogisticLaws.BayesRisk(predicted["separation"].Value), 1e-11);
    }

    [Fact]
    public void ExponentsAreOutsideWhereTheyAreNotReached()
    {
        var pair = Classes.Problem(Classes.Pair(1.1, 1.5, 0)) with { Loss = new LeastSquaresLoss() };
        var near = Of(pair, 1e5, isContinuum: true);
        near["decay-exponent"].Value.ShouldBe(1 / 11.0, 1e-12);
        near["decay-exponent"].Window.ShouldBe(WindowStatus.Outside);
        near["transition-power"].Value.ShouldBe(1);
        var far = Of(Symmetric(ClassSpectrum.PowerLaw(2), new LeastSquaresLoss()), 1e5, isContinuum: true);
        far["decay-exponent"].Window.ShouldBe(WindowStatus.Inside);
        far["decay-exponent"].Value.ShouldBe(0.5);
        far["plateau"].Value.ShouldBe(0, 1e-9);

        // At d = 50 the smallest eigenvalue has relaxed long before.
        Of(Symmetric(ClassSpectrum.PowerLaw(2), new LeastSquaresLoss()), 1e5)["decay-exponent"].Window.ShouldBe(WindowStatus.Outside);
        Of(Classes.Problem(Classes.Pair(3, 4, 0.25)), 1e20, isContinuum: true)["implicit-risk"].Window.ShouldBe(WindowStatus.Inside);
        Of(Classes.Problem(Classes.Pair(1.1, 1.5, 0)), 1e5, isContinuum: true)["implicit-risk"].Window.ShouldBe(WindowStatus.Outside);
    }

    [Fact]
    public void CleanLawsAreThoseOfTheTheory()
    {
        var margins = new MultiClassProblem { Dimension = 100, Classes = [new MixtureClass(1, MeanProfile.Clean(0.5), ClassSpectrum.ZeroOne(0.5))] };
        var predicted = Of(margins, 1e5);
        var risk = margins.Solve(new MultiClassTheory { LearningRate = 0.7, Times = [1e5] })["risk"][^1];
        predicted["clean-law"].Value.ShouldBe(risk, 1e-3 * risk);
        predicted["clean-risk"].Value.ShouldBe(risk, 1e-3 * risk);
        predicted["clean-law"].Window.ShouldBe(WindowStatus.Inside);
        predicted["plateau"].Reason.ShouldContain("no finite stationary point");
        predicted["optimal-risk"].Value.ShouldBe(0);
    }

    [Fact]
    public void WhatIsNotPredictedSaysWhy()
    {
        var margins = Of(Symmetric(ClassSpectrum.PowerLaw(0.5), new LogisticLoss()), 10, isConstant: false);
        margins["plateau"].Reason.ShouldContain("not constant");
        margins["final-risk"].Reason.ShouldContain("least squares");
        Of(Symmetric(ClassSpectrum.PowerLaw(3), new LogisticLoss(), 2000), 10)["plateau"].Reason.ShouldContain("below the numbers");
        Of(Symmetric(ClassSpectrum.PowerLaw(0.5), new LeastSquaresLoss()), 10, learningRate: 5)["plateau"].Reason.ShouldContain("ρ(M)");
        var several = Of(Symmetric(ClassSpectrum.PowerLaw(0.5), new SoftmaxLoss()), 10);
        several["optimal-risk"].Reason.ShouldContain("softmax");
        several["separation"].Reason.ShouldContain("one output");
        var own = new MultiClassProblem { Dimension = 20, Loss = new LeastSquaresLoss(), Classes = [new MixtureClass(0.5, MeanProfile.Flat, ClassSpectrum.Identity), new MixtureClass(0.5, MeanProfile.Cosine(2), ClassSpectrum.Identity) { Label = -1 }] };
        Of(own, 10)["separation"].Reason.ShouldContain("means of their own");
        Of(own, 1e3)["plateau"].Value.ShouldBe(own.Solve(new MultiClassTheory { LearningRate = 0.7, Times = [1e3] })["risk"][^1], 1e-8);
    }
}
