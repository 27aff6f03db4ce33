using Eigenflow.Numerics.Quadrature;
using Eigenflow.Spectra;
using Eigenflow.Systems.PhaseRetrieval;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.PhaseRetrieval;

public sealed class UniversalityTests
{
    private static readonly PhaseRetrievalProblem Four = new() { Spectrum = Spectrum.PowerLaw(4, 0.7), Teacher = Teacher.FromValues([1, -0.5, 0.8, 1.3]), Start = Start.FromValues([0.4, 0.2, -0.3, 0.5]) };

    [Fact]
    public void TheLossOfSignsIsTheMeanOverAllOfThem()
    {
        var modes = Four.Modes(ModeRepresentation.Full);
        var system = new CumulantFlow(modes, -2, 1);
        double Loss(double[] w) => Enumerable.Range(0, 16).Average(signs =>
        {
            double student = 0, teacher = 0;
            for (var i = 0; i < 4; i++)
            {
                var x = ((signs >> i) & 1) == 0 ? Math.Sqrt(modes.Eigenvalues[i]) : -Math.Sqrt(modes.Eigenvalues[i]);
                student += x * w[i];
                teacher += x * modes.Teacher[i];
            }

            return Math.Pow((student * student) - (teacher * teacher), 2);
        });
        system.Observe(modes.Start).Phase.Loss.ShouldBe(Loss(modes.Start), 1e-13);
        var derivative = new double[4];
        system.Derivative(0, modes.Start, derivative);
        var gradient = Slopes.Gradient(Loss, modes.Start);
        for (var i = 0; i < 4; i++)
            derivative[i].ShouldBe(-gradient[i], 1e-8);
    }

    [Theory]
    [InlineData(-2, 1)]
    [InlineData(0, 0.6)]
    [InlineData(1, 1)]
    public void TheJacobianIsTheDerivativeInBothForms(double kurtosis, double factor)
    {
        var modes = Four.Modes(ModeRepresentation.Full);
        var system = new CumulantFlow(modes, kurtosis, factor);
        double[] state = [.. modes.Start.Select((value, j) => (0.3 * value) + (0.8 * modes.Teacher[j]))];
        JacobianTests.CheckJacobian(system, state, 1e-6);
        system.Reformulate(state, system.Observe(state)).ShouldBeTrue();
        JacobianTests.CheckJacobian(system, state, 1e-6);
    }

    [Fact]
    public void GaussianInputsAreTheFlowAndTheSphereIsASlowerOne()
    {
        var problem = Reference.Problem(30, 1.5);
        var flow = problem.Solve(new GradientFlow { Times = [1, 10] });
        var gaussian = problem.Solve(new UniversalityFlow { InputLaw = InputLaw.Gaussian, Times = [1, 10] });
        var sphere = problem.Solve(new UniversalityFlow { InputLaw = InputLaw.Sphere, Times = [32.0 / 30, 320.0 / 30] });
        for (var row = 0; row < 2; row++)
        {
            gaussian["loss"][row].ShouldBe(flow["loss"][row], 1e-9);
            sphere["s"][row].ShouldBe(flow["s"][row], 1e-7);
            sphere["loss"][row].ShouldBe(30.0 / 32 * flow["loss"][row], 1e-7);
        }
    }

    [Theory]
    [InlineData("rademacher")]
    [InlineData("uniform")]
    [InlineData("student:9")]
    [InlineData("student:30.5")]
    public void CoordinatesHaveUnitVarianceAndTheirKurtosis(string text)
    {
        var law = InputLaw.Parse(text);
        var coordinate = CoordinateLaw.Of(law)!;
        double Moment(int power) => GaussianExpectation.Of(0, 1, g =>
        {
            double[] one = [g];
            coordinate.Apply<double>(one);
            return Math.Pow(one[0], power);
        }, 0).Value;
        Moment(2).ShouldBe(1, 1e-6);
        (Moment(4) - 3).ShouldBe(law.ExcessKurtosis, 2e-3 * (1 + Math.Abs(law.ExcessKurtosis)));
    }

    [Fact]
    public void OneCoordinateOnTheSphereIsASign()
    {
        var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.Isotropic(1), Noise = 0.1 };
        var method = new OnlineSgd { Steps = 200, LearningRate = 0.01, Replicas = 2 };
        var signs = problem.Solve(method with { InputLaw = InputLaw.Rademacher });
        var sphere = problem.Solve(method with { InputLaw = InputLaw.Sphere });
        for (var row = 0; row < signs.Rows; row++)
            sphere["s"][row].ShouldBe(signs["s"][row], 1e-12);
    }

    [Theory]
    [InlineData("rademacher", SamplingPrecision.Double)]
    [InlineData("student:9", SamplingPrecision.Single)]
    [InlineData("sphere", SamplingPrecision.Double)]
    public void SgdFollowsTheFlowOfItsLaw(string text, SamplingPrecision precision)
    {
        var law = InputLaw.Parse(text);
        var problem = Reference.Problem(12, 1.5);
        const double rate = 2e-3;
        var sgd = problem.Solve(new OnlineSgd { InputLaw = law, Precision = precision, LearningRate = rate, Batch = 20, AtSteps = [400, 800], Replicas = 32 });
        var flow = problem.Solve(new UniversalityFlow { InputLaw = law, Times = [0.8, 1.6] });
        for (var row = 0; row < 2; row++)
            Math.Abs(sgd["s"][row] - flow["s"][row]).ShouldBeLessThan((4.5 * sgd["s-se"][row]) + 0.01);
    }

    // One column, one function: after no step, and where most runs are beside the teacher, SGD of small steps has the loss of the flow of its law, which is far from the Gaussian formula.
    [Theory]
    [InlineData("rademacher")]
    [InlineData("uniform")]
    [InlineData("sphere")]
    public void TheLossOfSgdIsThatOfItsLaw(string text)
    {
        var law = InputLaw.Parse(text);
        var problem = Reference.Problem(12, 1.5);
        const double rate = 2e-4;
        var sgd = problem.Solve(new OnlineSgd { InputLaw = law, LearningRate = rate, Batch = 20, AtSteps = [0, 2000, 6000], Replicas = 16 });
        var flow = problem.Solve(new UniversalityFlow { InputLaw = law, Times = [0, 0.4, 1.2] });
        sgd["loss"][0].ShouldBe(flow["loss"][0], 1e-12);
        for (var row = 1; row < 3; row++)
            Math.Abs(sgd["loss"][row] - flow["loss"][row]).ShouldBeLessThan((4.5 * sgd["loss-se"][row]) + 0.01);
        Math.Abs(PhaseStatistics.LossOf(flow["s"][0], flow["u"][0], 1) - flow["loss"][0]).ShouldBeGreaterThan(0.02);
    }

    // The deviation e = w − w* carries the sum without cancellation.
    [Fact]
    public void TheLossOfALawKeepsItsDigitsBesideTheTeacher()
    {
        var problem = Reference.Problem(6, 1.2);
        var sgd = problem.Solve(new OnlineSgd { InputLaw = InputLaw.Uniform, LearningRate = 0.01, Steps = 20_000, AtSteps = [20_000], Replicas = 4 });
        sgd["loss"][0].ShouldBeInRange(1e-200, 1e-18);
    }

    // 0.06 is far above the limit of Gaussian inputs of this covariance, and converges.
    [Fact]
    public void NothingIsSaidOfALimitOfOtherInputs()
    {
        var problem = Reference.Problem(6, 1.2);
        problem.Solve(new OnlineSgd { InputLaw = InputLaw.Rademacher, LearningRate = 0.06, Steps = 400, Replicas = 8 }).Warnings.ShouldBeEmpty();
        var wild = problem.Solve(new OnlineSgd { InputLaw = InputLaw.Rademacher, LearningRate = 50, Steps = 400, Replicas = 2 });
        wild.Status.Message.ShouldNotContain("NaN");
    }

    [Fact]
    public void TheEscapeRateOfIsotropicInputsHasAClosedForm()
    {
        var modes = (Reference.Problem(50, 0) with { Start = Start.UnitSphere(1) }).Modes(ModeRepresentation.Full);
        UniversalityFlow.EscapeRate(modes, InputLaw.Rademacher).ShouldBe((12 - (8.0 / 50)) / 50, 1e-10);
        UniversalityFlow.Participation(modes).ShouldBe(50, 1e-9);
    }

    [Theory]
    [InlineData("cauchy")]
    [InlineData("student:8")]
    [InlineData("student:nan")]
    [InlineData("student")]
    public void WhatIsNoLawIsRefused(string text) => Should.Throw<ParameterException>(() => InputLaw.Parse(text)).Parameter.ShouldBe("input-law");
}
