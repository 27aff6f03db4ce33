using Eigenflow.Numerics.Networks;
using Eigenflow.Random;
using Eigenflow.Systems.RaoBlackwellDiffusion;
using Eigenflow.Systems.RaoBlackwellDiffusion.Training;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.RaoBlackwellDiffusion.Training;

/// <summary>Networks as denoisers: equivariance, derivatives, units.</summary>
public sealed class DenoiserTests
{
    private const int Batch = 5;

    [Theory]
    [InlineData("global-sign", "average")]
    [InlineData("signs", "average")]
    [InlineData("cyclic", "average")]
    [InlineData("cyclic:3", "sum")]
    [InlineData("dihedral:4", "average")]
    [InlineData("permutation", "average")]
    public void AveragedNetworksTurnWithTheirInputs(string group, string equivariance)
    {
        var design = Design(group, Enum.Parse<Equivariance>(equivariance, ignoreCase: true));
        var (denoiser, parameters, x) = Begin(design);
        double[] y = new double[x.Length], turned = new double[x.Length], image = new double[x.Length], expected = new double[x.Length];
        denoiser.Forward(parameters, x, new double[Batch], y);
        var d = design.Problem.Dimension;
        for (var element = 0; element < design.Problem.Group.DesignSize; element += 5)
        {
            for (var b = 0; b < Batch; b++)
            {
                design.Problem.Group.ApplyDesign(element, x.AsSpan(b * d, d), turned.AsSpan(b * d, d));
                design.Problem.Group.ApplyDesign(element, y.AsSpan(b * d, d), expected.AsSpan(b * d, d));
            }

            denoiser.Forward(parameters, turned, new double[Batch], image);
            for (var k = 0; k < image.Length; k++)
                image[k].ShouldBe(expected[k], 1e-13);
        }

        y.Max(Math.Abs).ShouldBeGreaterThan(1e-3, "the test can tell");
    }

    [Theory]
    [InlineData("so2", "none")]
    [InlineData("cyclic:3", "sum")]
    [InlineData("cyclic", "average")]
    [InlineData("torus", "none")]
    public void DerivativesAreThoseOfFiniteDifferences(string group, string equivariance)
    {
        var design = Design(group, Enum.Parse<Equivariance>(equivariance, ignoreCase: true));
        var (denoiser, parameters, x) = Begin(design);
        double[] y = new double[x.Length], slopes = [.. x.Select((_, k) => Math.Cos(k))], gradient = new double[parameters.Length];
        denoiser.Forward(parameters, x, new double[Batch], y);
        denoiser.Backward(parameters, slopes, gradient);
        for (var k = 0; k < design.Shape.Count; k += 7)
        {
            var at = parameters[k];
            double Value(double shift)
            {
                parameters[k] = at + shift;
                denoiser.Forward(parameters, x, new double[Batch], y);
                return y.Zip(slopes, (value, slope) => value * slope).Sum();
            }

            var expected = (Value(1e-5) - Value(-1e-5)) / 2e-5;
            parameters[k] = at;
            gradient[k].ShouldBe(expected, 1e-6 * (1 + Math.Abs(expected)));
        }
    }

    [Fact]
    public void FewerSamplesThanTheBatchLeaveNothingOfThoseBefore()
    {
        var (denoiser, parameters, x) = Begin(Design("cyclic:3", Equivariance.Average));
        double[] y = new double[x.Length], whole = new double[parameters.Length], alone = new double[parameters.Length];
        denoiser.Forward(parameters, x, new double[Batch], y);
        denoiser.Backward(parameters, x, whole);
        denoiser.Forward(parameters, x.AsSpan(0, 8), new double[1], y.AsSpan(0, 8));
        denoiser.Backward(parameters, x.AsSpan(0, 8), alone);
        var single = new Denoiser(Design("cyclic:3", Equivariance.Average), 1);
        var expected = new double[parameters.Length];
        single.Forward(parameters, x.AsSpan(0, 8), new double[1], y.AsSpan(0, 8));
        single.Backward(parameters, x.AsSpan(0, 8), expected);
        for (var k = 0; k < alone.Length; k++)
            alone[k].ShouldBe(expected[k], 1e-12);
        whole.ShouldNotBe(alone);
    }

    [Theory]
    [InlineData("so2")]
    [InlineData("o2")]
    [InlineData("torus")]
    public void ContinuousGroupsAreNotAveragedOver(string group) =>
        Should.Throw<ParameterException>(() => new Denoiser(Design(group, Equivariance.Average), 1)).Parameter.ShouldBe("equivariance");

    private static NetworkDesign Design(string group, Equivariance equivariance)
    {
        var problem = group switch
        {
            "torus" => Clouds.Problem(group, 1, [0.1, 0.35, 0.8], 3, 0.15),
            "global-sign" or "signs" => Clouds.Problem(group, 4, Clouds.Vector),
            "cyclic" => Clouds.Problem(group, 8, Clouds.Ring),
            _ => Clouds.Problem(group, 2, Clouds.Planar(Clouds.Template), 4),
        };
        return new NetworkDesign(problem, new NoiseLevels(problem, problem.Sigma, 1, LossWeight.Uniform), [7], Activation.Tanh, equivariance);
    }

    private static (Denoiser Denoiser, double[] Parameters, double[] Noisy) Begin(NetworkDesign design)
    {
        var (parameters, x) = (new double[design.Shape.PaddedCount], new double[Batch * design.Problem.Dimension]);
        design.Shape.Draw<double>(3, 0, parameters);
        GaussianGenerator.Fill(new GaussianAddress(4, 0, 0, 0), 0, x);
        return (new Denoiser(design, Batch), parameters, x);
    }
}
