using Eigenflow.Spectra;
using Eigenflow.Systems;
using Eigenflow.Systems.PhaseRetrieval;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.PhaseRetrieval.Students;

public sealed class ModelSizeTests
{
    private static readonly PhaseRetrievalProblem Small = Reference.Problem(100, 2) with { ModelSize = 12 };

    // Integrated elsewhere by LSODA at 1e-11 with every mode and the full labels.
    [Theory]
    [InlineData(1, 0.8267056861, 0.8202029325, 0.9507222780, 0.7059841001)]
    [InlineData(10, 0.9490068931, 0.9461341622, 0.8990189796, 0.2231490529)]
    [InlineData(1000, 0.9714544542, 0.9642916611, 0.8800066210860, 0.168828730379)]
    public void TheFlowFollowsAnIndependentIntegration(double time, double s, double u, double error, double loss)
    {
        var row = Small.Solve(new GradientFlow { Times = [time], RelativeTolerance = 1e-10 });
        row["s"][0].ShouldBe(s, 2e-9);
        row["u"][0].ShouldBe(u, 2e-9);
        row["mse"][0].ShouldBe(error, 2e-9);
        row["loss"][0].ShouldBe(loss, 4e-9);
    }

    [Fact]
    public void AStudentOfAllModesIsTheUsualOneToTheLastBit()
    {
        var plain = Small with { ModelSize = null };
        foreach (var method in new DescentMethod[] { new GradientDescent { LearningRate = 0.01, Steps = 500 }, new SgdTheory { Steps = 500 }, new OnlineSgd { Steps = 500, Replicas = 2 } })
            (plain with { ModelSize = 100 }).Solve(method)["loss"].ShouldBe(plain.Solve(method)["loss"]);
        (plain with { ModelSize = 100 }).Solve(new GradientFlow())["loss"].ShouldBe(plain.Solve(new GradientFlow())["loss"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(99)]
    public void DescentEndsAtTheFloorsAndKeepsTheDigitsOfTheExcess(int size)
    {
        var problem = Small with { ModelSize = size };
        var modes = problem.Modes();
        var flow = problem.Solve(new GradientFlow { Times = [1e5] });
        var descent = problem.Solve(new GradientDescent { LearningRate = 0.02, AtSteps = [5_000_000] });
        foreach (var end in new[] { flow, descent })
        {
            end["loss"][^1].ShouldBe(modes.Target.LossFloor, 1e-12 * modes.Target.LossFloor);
            end["mse"][^1].ShouldBe(modes.Target.ErrorFloor(modes.TeacherNormSquared), 1e-12);
            end["one-minus-s"][^1].ShouldBe(2 * modes.Target.HiddenPart / 3, 1e-12);
        }

        var rows = problem.Solve(new GradientFlow { Times = [3000, 3001] });
        if (size == 7)
        {
            // Far below the rounding of the loss, and still twice the smallest eigenvalue of the Hessian at v*, 8γs_vQ + (24 − 8γ)(Qv*)(Qv*)ᵀ.
            var target = modes.Target;
            double Response(int j) => modes.Eigenvalues[j] * target.Factor * modes.Teacher[j];
            double[] hessian = [.. Enumerable.Range(0, 49).Select(k => ((24 - (8 * target.Visible)) * Response(k / 7) * Response(k % 7)) + (k / 7 == k % 7 ? 8 * target.Visible * target.Overlap * modes.Eigenvalues[k / 7] : 0))];
            var rate = Math.Log(rows["loss-excess"][0] / rows["loss-excess"][1]);
            rate.ShouldBe(2 * Eigenflow.Numerics.Dense.DenseAlgebra.Best.SymmetricEigenvalues(hessian, 7)[^1], 1e-6);
            rows["loss-excess"][0].ShouldBeLessThan(1e-40);
        }
    }

    // The gradient of the loss vanishes at v*, the loss there is the floor, and no nearby student has less.
    [Fact]
    public void TheTargetIsTheMinimum()
    {
        var modes = Small.Modes();
        var target = modes.Target;
        double Loss(Func<int, double> weight)
        {
            double s = modes.Sum(j => modes.Eigenvalues[j] * weight(j) * weight(j)), u = modes.Sum(j => modes.Eigenvalues[j] * weight(j) * modes.Teacher[j]);
            return PhaseStatistics.LossOf(s, u, 1);
        }

        Loss(j => target.Factor * modes.Teacher[j]).ShouldBe(target.LossFloor, 1e-14);
        for (var k = 0; k < 12; k++)
        {
            foreach (var step in new[] { -1e-4, 1e-4 })
                Loss(j => (target.Factor * modes.Teacher[j]) + (j == k ? step : 0)).ShouldBeGreaterThan(target.LossFloor);
        }
    }

    [Theory]
    [InlineData(ModeRepresentation.Compressed, 1e-9)]
    [InlineData(ModeRepresentation.Averaged, 1e-9)]
    public void RepresentationsAgree(ModeRepresentation representation, double tolerance)
    {
        var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(100_000, 1.5), Teacher = Teacher.Source(0.5), ModelSize = 1500, Start = Start.Alternating() };
        var (exact, other) = (problem.Modes(ModeRepresentation.Full), problem.Modes(representation));
        other.Target.LossFloor.ShouldBe(exact.Target.LossFloor, tolerance * exact.Target.LossFloor);
        other.TeacherOverlap.ShouldBe(1, 1e-12);
        if (representation == ModeRepresentation.Averaged)
            return;
        double[] times = [0.5, 5, 500];
        var (all, few) = (problem.Solve(new GradientFlow { Modes = ModeRepresentation.Full, Times = times }), problem.Solve(new GradientFlow { Modes = representation, Times = times }));
        for (var k = 0; k < times.Length; k++)
            few["loss-excess"][k].ShouldBe(all["loss-excess"][k], 1e-6 * all["loss-excess"][k]);
    }

    // SGD sees the unseen modes as one normal number per sample: means over runs follow the theory with the labels of all modes.
    [Fact]
    public void SgdFollowsItsTheory()
    {
        var problem = Reference.Problem(400, 1.2) with { ModelSize = 6, Noise = 0.02 };
        var theory = problem.Solve(new SgdTheory { LearningRate = 2e-3, AtSteps = [300, 1000, 3000] });
        var runs = problem.Solve(new OnlineSgd { LearningRate = 2e-3, Replicas = 300, AtSteps = [300, 1000, 3000] });
        foreach (var name in new[] { "s", "u", "mse" })
        {
            for (var k = 0; k < 3; k++)
                runs[name][k].ShouldBe(theory[name][k], Math.Max(4.5 * runs[name + "-se"][k], 0.02 * theory[name][k]));
        }
    }

    // One mode and 399 others behind it, drawn one by one: the same step as with the one number.
    [Fact]
    public void TheUnseenModesAreLabelNoiseOfTheStatedMoments()
    {
        var modes = (Reference.Problem(400, 1.2) with { ModelSize = 6 }).Modes();
        var full = Reference.Problem(400, 1.2).Modes();
        modes.Hidden.Overlap.ShouldBe(full.Sum(j => j < 6 ? 0 : full.Eigenvalues[j] * full.Teacher[j] * full.Teacher[j]), 1e-15);
        modes.Hidden.NormSquared.ShouldBe(full.Sum(j => j < 6 ? 0 : full.Teacher[j] * full.Teacher[j]), 1e-9);
        modes.TeacherOverlap.ShouldBe(1, 1e-14);
    }

    [Theory]
    [InlineData("flow", "model-size=0", "model-size = 0 is not allowed")]
    [InlineData("flow", "model-size=9 dimension=8", "model-size = 9 is not allowed: it must be a whole number from 1 to dimension = 8; raise dimension, or choose a smaller model.")]
    [InlineData("hierarchy", "model-size=3", "model-size")]
    [InlineData("flow", "preconditioner=1.5", "preconditioner = 1.5 is not allowed")]
    [InlineData("sgd", "preconditioner=0.5", "preconditioner")]
    [InlineData("flow", "rotation=0.1", "rotation = 0.1 is not allowed: it must be left out without preconditioner")]
    [InlineData("flow", "rotation=0.1 preconditioner=0.5 dimension=1000", "dimension = 1000 is not allowed: it must be a whole number from 1 to 300 beside rotation = 0.1")]
    [InlineData("flow", "rotation=0.1 preconditioner=0.5 dimension=20 model-size=4", "model-size = 4 is not allowed: it must be left out beside rotation")]
    public void BadSettingsSaySo(string method, string text, string message)
    {
        var system = new PhaseRetrievalSystem();
        Should.Throw<EigenflowException>(() => system.Complete(method, Setting(text))).Message.ShouldContain(message);
    }

    [Fact]
    public void WhatChangesNothingIsNoPartOfACompletedSetting()
    {
        var system = new PhaseRetrievalSystem();
        var plain = system.Complete("flow", Setting("dimension=8"));
        system.Complete("flow", Setting("dimension=8 model-size=8 preconditioner=0")).ToString().ShouldBe(plain.ToString());
        system.Complete("flow", Setting("dimension=8 model-size=7")).Has(PhaseRetrievalParameters.ModelSize).ShouldBeTrue();
    }

    [Fact]
    public void MethodsThatDoNotComputeItRefuseIt()
    {
        Should.Throw<ParameterException>(() => Small.Solve(new FrozenPhase())).Message.ShouldContain("model-size = 12");
        Should.Throw<ParameterException>(() => (Small with { ModelSize = null, Preconditioner = 0.5 }).Solve(new SgdTheory())).Message.ShouldContain("preconditioner = 0.5");
        Should.Throw<ParameterException>(() => (Small with { ModelSize = 200 }).Modes()).Message.ShouldContain("model-size = 200");
    }

    // Modes without inputs behind the student have errors and no loss; a student that sees nothing of the teacher has nothing to learn.
    [Fact]
    public void HiddenModesMayBeDeadAndSeenOnesMayNot()
    {
        var dead = new PhaseRetrievalProblem { Spectrum = Spectrum.ZeroOne(20, 5), ModelSize = 8 }.Modes().Target;
        dead.LossFloor.ShouldBe(0);
        dead.Factor.ShouldBe(1);
        dead.ErrorFloor(1e3).ShouldBeGreaterThan(0);
        var blind = Reference.Problem(4, 1) with { Teacher = Teacher.FromValues([0, 1, 1, 1]), ModelSize = 1 };
        Should.Throw<ParameterException>(() => blind.Solve(new GradientFlow())).Message.ShouldContain("sees nothing");
    }

    [Theory]
    [InlineData(2, 0, 0, 1.0 / 3, 1.0 / 3, 1)]
    [InlineData(1.5, 0.5, 0, 0.4, 0.4, 1)]
    [InlineData(3, 0, 0.5, 0.8, 0.4, 2)]
    public void ExponentsBalanceTimeAgainstSize(double a, double b, double kappa, double loss, double size, double floor)
    {
        ModelScaling.ComputeExponent(a, b, kappa).ShouldBe(loss, 1e-12);
        ModelScaling.SizeExponent(a, kappa).ShouldBe(size, 1e-12);
        ModelScaling.FloorExponent(a, b).ShouldBe(floor, 1e-12);
        var (time, model) = (Preconditioning.LossExponent(a, kappa, b), ModelScaling.FloorExponent(a, b));
        loss.ShouldBe(time * model / (time + model), 1e-12);
        size.ShouldBe(time / (time + model), 1e-12);
    }

    private static Eigenflow.Settings.Setting Setting(string text)
    {
        ISystem system = new PhaseRetrievalSystem();
        return new(text.Split(' ').Select(part => part.Split('=')).Select(pair => KeyValuePair.Create(pair[0], system.Parameter(pair[0])!.Parse(pair[1]))));
    }
}
