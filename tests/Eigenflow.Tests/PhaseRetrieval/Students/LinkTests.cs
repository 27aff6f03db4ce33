using Eigenflow.Numerics.Quadrature;
using Eigenflow.Solutions;
using Eigenflow.Spectra;
using Eigenflow.Systems.PhaseRetrieval;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.PhaseRetrieval;

public sealed class LinkTests
{
    public static TheoryData<string> Links => ["square", "hermite4", "hermite6", "poly:1,0.3,-0.05", "poly:-0.5,0,0.2"];

    [Theory]
    [InlineData(ModeRepresentation.Full)]
    [InlineData(ModeRepresentation.Compressed)]
    public void TheSquareIsTheFlow(ModeRepresentation modes)
    {
        var problem = Reference.Problem(200, 1.2) with { Teacher = Teacher.Ones() with { Normalization = TeacherNormalization.Dimension } };
        double[] times = [0.01, 0.1, 1, 10];
        var flow = problem.Solve(new GradientFlow { Times = times, Modes = modes });
        var link = problem.Solve(new LinkFlow { Link = LinkFunction.Square, Times = times, Modes = modes });
        foreach (var quantity in new[] { "s", "u", "mse", "loss", "one-minus-u" })
        {
            for (var row = 0; row < times.Length; row++)
                link[quantity][row].ShouldBe(flow[quantity][row], 1e-9 * Math.Abs(flow[quantity][row]), $"{quantity} at t = {times[row]}");
        }
    }

    // Students that wait for long on a plateau leave it at a time that is known as well as the tolerance says. Below 10⁻⁴ u may be of those that never leave.
    [Theory]
    [InlineData("hermite6", 1.2, 0)]
    [InlineData("hermite4", 1.5, 0)]
    [InlineData("hermite4", 2, -2)]
    [InlineData("poly:0.01,1,0", 1, 0)]
    public void PlateausAreLeftInTime(string link, double exponent, double source)
    {
        var problem = Reference.Problem(4000, exponent) with { Teacher = Teacher.Gaussian(1, source) };
        Solution Solved(double tolerance) => problem.Solve(new LinkFlow { Link = LinkFunction.Parse(link), Times = TimeGrid.Logarithmic(1, 1e6, 400), RelativeTolerance = tolerance });
        var exact = Solved(1e-11);
        foreach (var tolerance in new[] { 1e-5, 1e-6 })
        {
            var drawn = Solved(tolerance);
            foreach (var column in new[] { "s", "u", "mse", "loss" })
            {
                for (var row = 0; row < exact.Rows; row++)
                    drawn[column][row].ShouldBe(exact[column][row], 100 * tolerance * Math.Max(1e-4, Math.Abs(exact[column][row])), $"{column} at t = {exact.Times[row]:G4}, rtol {tolerance:G1}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Links))]
    public void TheLossIsTheMeanOverBothArguments(string text)
    {
        var link = LinkFunction.Parse(text);
        const double s = 0.7, u = 0.4, overlap = 1.3;
        var mean = GaussianExpectation.Of([0, 0], [s, u, u, overlap], 1, (point, values) => values[0] = Math.Pow(Value(link, point[0], overlap) - Value(link, point[1], overlap), 2), 1e-9);
        var coupling = new LinkCoupling(link, overlap);
        coupling.Loss(PhaseFrame.Absolute, u, s).ShouldBe(mean.Value, 1e-7 * mean.Value);

        // The same in the variables of the deviation.
        var (q, p) = (u - overlap, s - (2 * u) + overlap);
        coupling.Loss(new PhaseFrame(true, 1), q, p).ShouldBe(mean.Value, 1e-7 * mean.Value);
    }

    [Theory]
    [MemberData(nameof(Links))]
    public void TheDriftIsTheGradientOfTheLoss(string text)
    {
        const double s = 0.8, u = 0.5, overlap = 1.2;
        var coupling = new LinkCoupling(LinkFunction.Parse(text), overlap);
        var slopes = Slopes.Gradient(point => coupling.Loss(PhaseFrame.Absolute, point[1], point[0]), [s, u]);
        var (g, h) = coupling.Drift(PhaseFrame.Absolute, u, s);
        g.ShouldBe(-slopes[0] / 2, 1e-6 * Math.Abs(g));
        h.ShouldBe(-slopes[1] / 4, 1e-6 * Math.Abs(h));
        var (near, shifted) = coupling.Drift(new PhaseFrame(true, 1), u - overlap, s - (2 * u) + overlap);
        near.ShouldBe(g, 1e-10 * Math.Abs(g));
        shifted.ShouldBe(g + h, 1e-9 * (Math.Abs(g) + Math.Abs(h)));
    }

    [Theory]
    [MemberData(nameof(Links))]
    public void TheJacobianIsTheDerivativeInBothForms(string text)
    {
        var modes = Reference.Problem(12, 1.3).Modes(ModeRepresentation.Full);
        var system = new FlowSystem(modes, link: new LinkCoupling(LinkFunction.Parse(text), modes.TeacherOverlap));
        var state = Enumerable.Range(0, modes.Size).Select(j => (0.8 * modes.Teacher[j]) + (0.1 * modes.Start[j])).ToArray();
        JacobianTests.CheckJacobian(system, state, 1e-6);
        system.Reformulate(state, system.Observe(state)).ShouldBeTrue();
        JacobianTests.CheckJacobian(system, state, 1e-6);
    }

    [Fact]
    public void CompressionHoldsForOtherLinks()
    {
        var problem = new PhaseRetrievalProblem { Spectrum = Spectrum.PowerLaw(3000, 1.5) };
        double[] times = [0.01, 0.1, 1, 100];
        var full = problem.Solve(new LinkFlow { Times = times, Modes = ModeRepresentation.Full, RelativeTolerance = 1e-10 });
        var compressed = problem.Solve(new LinkFlow { Times = times, Modes = ModeRepresentation.Compressed, RelativeTolerance = 1e-10 });
        for (var row = 0; row < times.Length; row++)
            compressed["loss"][row].ShouldBe(full["loss"][row], 1e-7 * full["loss"][row]);
    }

    [Fact]
    public void TheLossKeepsItsDigitsNearTheTeacher()
    {
        var flow = (Reference.Problem(10, 0) with { Start = Start.UnitSphere(3) }).Solve(new LinkFlow { Link = LinkFunction.Parse("poly:1,0.05,0"), Until = 200, Points = 400 });
        flow["loss"][^1].ShouldBeInRange(1e-280, 1e-60);
        for (var row = 1; row < flow.Rows; row++)
            flow["loss"][row].ShouldBeLessThanOrEqualTo(flow["loss"][row - 1] * (1 + 1e-7));
    }

    [Fact]
    public void AStudentThatCannotEscapeIsSaidSo()
    {
        var trapped = Reference.Problem(50, 2).Solve(new LinkFlow { Link = LinkFunction.Of(1, 1), Until = 100 });
        trapped.Warnings.ShouldHaveSingleItem().ShouldContain("minimum of the loss");
        trapped.SummaryOf("plateau-rate")!.Value.ShouldBeLessThan(0);
        Reference.Problem(50, 2).Solve(new LinkFlow { Until = 100 }).Warnings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("cube")]
    [InlineData("poly:")]
    [InlineData("poly:0,0,0")]
    [InlineData("poly:1,2,3,4")]
    [InlineData("poly:nan,1,0")]
    [InlineData("poly:1e9,0,0")]
    public void WhatIsNoLinkIsRefused(string text) => Should.Throw<ParameterException>(() => LinkFunction.Parse(text)).Parameter.ShouldBe("link");

    private static double Value(LinkFunction link, double z, double overlap)
    {
        var x2 = z * z / overlap;
        return overlap * ((link.Coefficients[0] * (x2 - 1)) + (link.Coefficients[1] * ((x2 * x2) - (6 * x2) + 3)) + (link.Coefficients[2] * ((x2 * x2 * x2) - (15 * x2 * x2) + (45 * x2) - 15)));
    }
}
