using Eigenflow.Numerics.Networks;
using Eigenflow.Random;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Numerics.Networks;

public sealed class NetworkTests
{
    private const int Batch = 21;

    public static TheoryData<Activation, int[]> Shapes => new()
    {
        { Activation.Tanh, [2, 10, 5, 1] },
        { Activation.Gelu, [3, 7, 2] },
        { Activation.Silu, [4, 5, 6, 3] },
        { Activation.Relu, [2, 9, 9, 2] },
        { Activation.Tanh, [3, 2] },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void GradientsAreThoseOfFiniteDifferences(Activation activation, int[] widths)
    {
        var (network, parameters, gradient) = Begin<double>(activation, widths);
        Loss(network, parameters);
        network.Backward(parameters, gradient);
        for (var k = 0; k < network.Shape.Count; k++)
        {
            var at = parameters[k];
            parameters[k] = at + 1e-5;
            var above = Loss(network, parameters);
            parameters[k] = at - 1e-5;
            var below = Loss(network, parameters);
            parameters[k] = at;
            gradient[k].ShouldBe((above - below) / 2e-5, 2e-7);
        }

        gradient.AsSpan(network.Shape.Count).ToArray().ShouldAllBe(value => value == 0);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void FloatsFollowDoubles(Activation activation, int[] widths)
    {
        var (network, parameters, gradient) = Begin<double>(activation, widths);
        var (small, smallParameters, smallGradient) = Begin<float>(activation, widths);
        Loss(network, parameters);
        network.Backward(parameters, gradient);
        for (var o = 0; o < small.Shape.Outputs; o++)
        {
            small.Forward(smallParameters);
            for (var b = 0; b < Batch; b++)
            {
                small.Output(o)[b].ShouldBe((float)network.Output(o)[b], 3e-6f);
                small.OutputGradient(o)[b] = (float)network.OutputGradient(o)[b];
            }
        }

        small.Backward(smallParameters, smallGradient);
        for (var k = 0; k < network.Shape.Count; k++)
            smallGradient[k].ShouldBe((float)gradient[k], 1e-4f);
    }

    [Fact]
    public void OutputsAreThoseOfTheFormula()
    {
        var (network, parameters, _) = Begin<double>(Activation.Tanh, [2, 3, 1]);
        network.Forward(parameters);
        for (var b = 0; b < Batch; b++)
        {
            var sum = parameters[12];
            for (var j = 0; j < 3; j++)
                sum += parameters[9 + j] * Math.Tanh(parameters[6 + j] + (parameters[2 * j] * network.Input(0)[b]) + (parameters[(2 * j) + 1] * network.Input(1)[b]));
            network.Output(0)[b].ShouldBe(sum, 1e-15);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(200)]
    public void EveryInputHasTheSameBitsInAnyBatch(int batch)
    {
        var (network, parameters, _) = Begin<double>(Activation.Silu, [2, 5, 2]);
        network.Forward(parameters);
        var other = new Network<double>(network.Shape, batch);
        for (var c = 0; c < 2; c++)
        {
            for (var b = 0; b < batch; b++)
                other.Input(c)[b] = network.Input(c)[b % Batch];
        }

        other.Forward(parameters);
        for (var b = 0; b < batch; b++)
            other.Output(1)[b].ShouldBe(network.Output(1)[b % Batch]);
    }

    [Fact]
    public void LostNumbersStayVisible()
    {
        foreach (var activation in Enum.GetValues<Activation>())
        {
            var network = new Network<double>(new NetworkShape(activation, 1, 2, 1), 1);
            network.Input(0)[0] = double.NaN;
            double[] parameters = [.. Enumerable.Repeat(0.5, network.Shape.PaddedCount)];
            network.Forward(parameters);
            network.Output(0)[0].ShouldBe(double.NaN, activation.ToString());
        }
    }

    [Fact]
    public void HyperbolicTangentsAreExactToTheLastDigits()
    {
        for (var x = -30.0; x < 30; x += 0.0371)
        {
            foreach (var scale in new[] { 1, 1e-8 })
            {
                var lanes = Lanes.Tanh(Lanes.Of<double>(x * scale));
                lanes[0].ShouldBe(Math.Tanh(x * scale), 1e-15 * Math.Abs(Math.Tanh(x * scale)));
                Lanes.Tanh(Lanes.Of<float>(x * scale))[0].ShouldBe(MathF.Tanh((float)(x * scale)), 4e-7f * MathF.Abs(MathF.Tanh((float)(x * scale))));
            }

            Lanes.Exponential(Lanes.Of<float>(x))[0].ShouldBe(MathF.Exp((float)x), 3e-7f * MathF.Exp((float)x));
        }
    }

    [Fact]
    public void ImpossibleShapesAreRefused()
    {
        Should.Throw<ParameterException>(() => new NetworkShape(Activation.Tanh, 3)).Parameter.ShouldBe("widths");
        Should.Throw<ParameterException>(() => new NetworkShape(Activation.Tanh, 3, 0, 1)).Value.ShouldBe(0);
        Should.Throw<TooLargeException>(() => new NetworkShape(Activation.Tanh, 3, int.MaxValue, int.MaxValue, 1));
        Should.Throw<TooLargeException>(() => new Network<float>(new NetworkShape(Activation.Tanh, 1, 1000, 1), 1_000_000_000));
        Should.Throw<ParameterException>(() => new Network<float>(new NetworkShape(Activation.Tanh, 1, 1), 0)).Parameter.ShouldBe("batch");
    }

    [Fact]
    public void InitialParametersFillTheirRange()
    {
        var shape = new NetworkShape(Activation.Tanh, 100, 200, 1);
        var parameters = new double[shape.PaddedCount];
        shape.Draw<double>(3, 2, parameters);
        var first = parameters.AsSpan(0, 20_200).ToArray();
        first.Max().ShouldBeInRange(0.0999, 0.1);
        first.Min().ShouldBeInRange(-0.1, -0.0999);
        first.Average(x => x * x).ShouldBe(0.01 / 3, 1e-4);
        shape.Draw<double>(3, 3, parameters);
        parameters[0].ShouldNotBe(first[0]);
    }

    private static (Network<T> Network, T[] Parameters, T[] Gradient) Begin<T>(Activation activation, int[] widths)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var shape = new NetworkShape(activation, widths);
        var network = new Network<T>(shape, Batch);
        var parameters = new T[shape.PaddedCount];
        shape.Draw<T>(7, 0, parameters);
        var numbers = new double[Batch];
        for (var c = 0; c < shape.Inputs; c++)
        {
            GaussianGenerator.Fill(new GaussianAddress(5, 0, 0, c), 0, numbers);
            for (var b = 0; b < Batch; b++)
                network.Input(c)[b] = T.CreateTruncating(numbers[b]);
        }

        return (network, parameters, new T[shape.PaddedCount]);
    }

    // ½ Σ (output − 0.3)² over the batch, and its derivatives.
    private static double Loss(Network<double> network, double[] parameters)
    {
        network.Forward(parameters);
        var loss = 0.0;
        for (var o = 0; o < network.Shape.Outputs; o++)
        {
            for (var b = 0; b < Batch; b++)
            {
                var error = network.Output(o)[b] - 0.3;
                network.OutputGradient(o)[b] = error;
                loss += error * error / 2;
            }
        }

        return loss;
    }
}
